from coalition.core.doctor import examines


@examines("demo")
def problems():
    return ["The demonstration is only a demonstration."]
