pytest_plugins = ["coalition.plugins.testing"]
