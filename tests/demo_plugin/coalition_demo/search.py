def text(page):
    return "demosaurus"
