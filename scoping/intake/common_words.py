"""Words that stand in every proposal and say nothing of its matter, without accents, umlauts spelt out."""

from __future__ import annotations

_ENGLISH = """
a about after again all also an and any are as at be because been before being between both but by can could did do does
done down each even every few for from get gets had has have her here his how if in into is it its just less like made
make makes many may more most much must new no not now of off often on once one only or other our out over per same she
should so some still such than that the their them then there these they this those through to today too two under until
up use used uses very was we well were what when where which while who whom whose why will with within without would
yet you your across against around during late long before nobody nothing someone something somebody
"""
_GERMAN = """
aber alle allem allen aller alles als also am an andere anderen auch auf aus bei beim bis bisher da dabei dadurch damit
danach dann das dass dem den denn der deren des dessen die dies diese diesem diesen dieser dieses doch dort du durch ein
eine einem einen einer eines er erst es etwa fuer gegen haben hat hatte heute hier ich ihm ihn ihr ihre ihren im immer
in ins ist ja je jede jedem jeden jeder jedes kann kein keine keinen koennen man mehr mit muss muessen nach nicht nichts
niemand noch nun nur ob oder oft ohne pro schon sehr sein seine seit sich sie sind so sobald sollen sondern statt ueber
um und uns unser unter viel viele vielen vom von vor waehrend war waren was weil welche welcher wenn wer werden wie
wieder wir wird wo wurde wurden zu zum zur zwei zwischen
"""
_OF_EVERY_PROPOSAL = """
ai ki machine learning ml model models modell modelle predict prediction predictions predicting vorhersage vorhersagen
automatic automatically automate automated automatisch automatisieren system systems systeme data daten problem probleme
idea idee project projekt team example beispiel month monat monate year jahr day days tag tage time zeit hours stunden
find finds finden erkennen detect case cases fall faelle people help
"""
COMMON_WORDS = frozenset(f"{_ENGLISH} {_GERMAN} {_OF_EVERY_PROPOSAL}".split())
"""English and German words of grammar, and what every proposal here is about."""
