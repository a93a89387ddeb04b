"""The words of the visit pack and of the neutral card."""

from bot.i18n.text import T

PACK = T("pack/button", "Visit pack (PDF)")
PACK_UNDER_WAY = T("pack/under_way", "The visit pack is being made and comes in a moment.")
PACK_CAPTION = T(
    "pack/caption", "{case_ref}: the visit pack, for where there is no signal. For the team alone."
)
TITLE = T("pack/title", "Visit pack {case_ref}")
SUBTITLE = T("pack/subtitle", "{day}, {time}. {name}, {address}. Team: {collector} and {safety_officer}.")
FOOTER = T(
    "pack/footer", "For the team alone: neither shown nor left at the door, and destroyed after the visit."
)
BRIEF = T("pack/brief", "What to know")
NUMBERS = T("pack/numbers", "Numbers")
OFFICE = T("pack/office", "The office: {contact}")
CRISIS = T("pack/crisis", "Somebody in despair, at any hour: {crisis_line}")
EMERGENCY = T(
    "pack/emergency", "Danger: the emergency number, {emergency} from every mobile phone in most countries"
)
CODE = T("pack/code", "Our half of the visit code: {code_team}")
SCRIPT = T("pack/script", "What to say")
OTHERWISE = T("pack/otherwise", "If it goes otherwise")
TENSION = T("pack/tension", "Tension: one step at a time; red means leave")
SELF_HARM = T("pack/self_harm", "Talk of self-harm: this order, no word about money")
WELLBEING = T("pack/wellbeing", "Worried about them")
CARD_HEADING = T("pack/card", "The neutral card, to cut out: only for another adult who asks who called.")
CARD_CAPTION = T("card/caption", "The neutral card: only for another adult who asks who called.")
CARD_TITLE = T("card/title", "We came by")
CARD_DAY = T("card/day", "{day}, {time}")
CARD_WHO = T("card/who", "{collector} and {safety_officer}")
CARD_CONTACT = T("card/contact", "To reach us: {contact}")
CARD_NOTHING = T("card/nothing", "It is a personal matter. There is nothing that you need to do.")
