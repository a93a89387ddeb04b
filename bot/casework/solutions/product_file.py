"""A catalogue's file to a `Catalogue`; every fault at file:line:column, all of them at once."""

from collections.abc import Iterator

from bot.casework.affordability.form_file import percent, version_of
from bot.casework.solutions.product import Authority, Catalogue, Kind, Limit, Product
from flows.errors import ScriptInvalid
from flows.script.document import compose
from flows.script.fields import Fields, Reading
from flows.script.lock import sha256_of

_CATALOGUE = ("solutions", "version", "cooling_off", "tolerance", "products")
_RATES = ("rate", "fee", "growth", "waive", "share", "chance", "discount")
_PRODUCT = ("id", "kind", "label", "months", "authority")
_MORE = (*_RATES, "pause", "circumstances", "accounts", "promise", "note")
MOST_INSTALMENTS = 60  # five years: more, and one message could not show every instalment


def read_catalogue(source: str, file: str) -> Catalogue:
    """Return the products that `source` writes; `file` is its name for messages. Raises ScriptInvalid."""
    reading = Reading(file)
    fields = Fields(reading, compose(source, file), "A catalogue of solutions", _CATALOGUE, ("note", "place"))
    name = fields.id("solutions")
    reading.name = f"solutions/{name}"
    catalogue = Catalogue(
        name=name,
        version=version_of(fields),
        place=fields.string("place"),
        cooling_off=_count(fields, "cooling_off", 0, 60),
        tolerance=percent(fields, "tolerance"),
        products=tuple(_products(fields)),
        file=file,
        sha256=sha256_of(source),
        places=reading.places,
    )
    if reading.issues:
        raise ScriptInvalid(tuple(sorted(reading.issues)))
    return catalogue


def _count(fields: Fields, key: str, least: int, most: int) -> int:
    found = fields.number(key)
    if found is not None and not least <= found <= most:
        fields.wrong(key, "SO101", f"`{key}` is a whole number from {least} to {most}.")
    return found or 0


def _products(fields: Fields) -> Iterator[Product]:
    known: set[str] = set()
    for node in fields.items("products"):
        inner = Fields(fields.reading, node, "A product", _PRODUCT, _MORE)
        product = _product(inner)
        if product.id in known:
            inner.wrong("id", "SO102", f"Two products are called `{product.id}`.")
        known.add(product.id)
        yield product


def _product(fields: Fields) -> Product:
    name = fields.id("id")
    rates = {key: percent(fields, key) / 100 for key in _RATES if fields.has(key)}
    if "waive" in rates:
        rates["waive"] *= 100
    product = Product(
        id=name,
        kind=fields.member("kind", Kind, Kind.EQUAL_INSTALMENTS),
        label=fields.text("label", f"{name}/label"),
        months=_months(fields),
        limits=tuple(_limits(fields)),
        pause=_count(fields, "pause", 0, 24) if fields.has("pause") else 0,
        circumstances=frozenset(_words(fields, "circumstances")),
        accounts=tuple(_words(fields, "accounts")),
        promise=fields.text("promise", f"{name}/promise") if fields.has("promise") else None,
        **rates,
    )
    _check(fields, product)
    return product


def _months(fields: Fields) -> tuple[int, int]:
    inner = Fields(fields.reading, fields.at("months"), "`months`", ("from", "to"), ())
    least, most = _count(inner, "from", 1, MOST_INSTALMENTS), _count(inner, "to", 1, MOST_INSTALMENTS)
    if least > most:
        fields.wrong("months", "SO103", "`from` is not more than `to`.")
    return max(1, least), max(1, most)


def _limits(fields: Fields) -> Iterator[Limit]:
    inner = Fields(fields.reading, fields.at("authority"), "`authority`", (), tuple(Authority))
    for authority in Authority:
        if inner.has(authority):
            one = Fields(fields.reading, inner.at(authority), "A limit", ("months",), ("waive",))
            yield Limit(authority, _count(one, "months", 1, MOST_INSTALMENTS), percent(one, "waive"))


def _words(fields: Fields, key: str) -> list[str]:
    found = fields.value(key) if fields.has(key) else []
    if isinstance(found, list) and all(isinstance(one, str) for one in found):
        return found
    fields.wrong(key, "SO104", f"`{key}` is a list of words.")
    return []


def _check(fields: Fields, product: Product) -> None:
    """Refuse what would make a product that nobody may grant, or that means nothing."""
    if fields.has("authority") and product.authority(product.months[0]) is None:
        fields.wrong("authority", "SO105", "Nobody may grant even the shortest of it.")
    if (product.kind is Kind.PAYMENT_HOLIDAY) != bool(product.pause):
        fields.wrong("pause", "SO106", "A payment holiday has a `pause`, and nothing else has one.")
    if (product.kind in (Kind.REDUCTION, Kind.SETTLEMENT)) != bool(product.waive):
        fields.wrong(
            "waive", "SO107", "A reduction and a settlement `waive` something, and nothing else does."
        )
    if (product.kind is Kind.STEP_UP) != bool(product.growth):
        fields.wrong("growth", "SO108", "Step-up instalments have a `growth`, and nothing else has one.")
