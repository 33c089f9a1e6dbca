/* Blocks whose plugin is off are kept where they are, and not offered for insertion. */
(() => {
  const { StreamBlockDefinition } = window.wagtailStreamField.blocks;

  class PluginStreamBlockDefinition extends StreamBlockDefinition {
    constructor(name, groups, initial, meta) {
      // Every definition is known by its name; the menu is made of the groups.
      super(name, groups, initial, meta);
      this.groupedChildBlockDefs = groups
        .map(([group, blocks]) => [group, blocks.filter((block) => !meta.off.includes(block.name))])
        .filter(([, blocks]) => blocks.length);
    }
  }

  window.telepath.register("coalition.plugins.PluginStreamBlock", PluginStreamBlockDefinition);
})();
