"""What stops the reading of a text, before it is put in words."""


class Fault(ValueError):
    """What is wrong and at which token; ``about`` names the thing it is about."""

    def __init__(self, code: str, at: int, about: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.at = at
        self.about = about
