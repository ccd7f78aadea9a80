"""A small library of several families of policy texts, and how it is asked."""

from collections.abc import Callable
from pathlib import Path

from pincite.answer.pipeline import Answer
from pincite.ingest.pipeline import ingest

TEXTS = {
    "eu/pilotage.md": """---
title: Regulation (EU) 2031/77 on pilotage in harbours (Pilotage Act)
kind: law
issuer: European Union
symbol: Regulation (EU) 2031/77
date: 2031-04-02
---
# Regulation (EU) 2031/77 on pilotage in harbours (Pilotage Act)

(1) Harbours grow, and with them the need for skilled pilots.

(2) Lights on the moles help pilots to find the channel at night.

## CHAPTER I

## General provisions

### Article 1

### Definitions

For the purposes of this Regulation:

(a) ‘pilot’ means a person who guides a vessel through the channel, including:

(i) a deputy;

(ii) a trainee under supervision;

(b) ‘harbour master’ means the officer who is in charge of a harbour.

### Article 2

### Prohibited manoeuvres

1. The following manoeuvres are prohibited:

(a) turning in the narrows;

(b) passing another vessel between the moles;

(c) anchoring in the channel:

(i) at night, without lights;

(ii) at any time, in front of the ferry berth.

2. The harbour master may grant an exception in an emergency.

## CHAPTER II

## Duties

### Article 3

### Obligations of pilots

1. A pilot shall report each passage to the harbour master.

2. A pilot shall keep a log of all passages for six years.

3. A pilot shall not serve for more than ten hours without rest.

### Article 4

### Entry into force

This Regulation applies from 1 January 2032.
""",
    "un/res-90-12.md": """---
title: Safe harbours for all
kind: resolution
issuer: UN General Assembly
symbol: A/RES/90/12
date: 2035-12-04
---
# Safe harbours for all

*The General Assembly,*

*Recalling* its earlier resolutions on the sea,

*Noting* that harbours feed cities,

1. *Calls upon* Member States to light their harbours;

2. *Decides* to proclaim a year of harbours in 2037;

3. *Requests* the Secretary-General:

(a) to collect reports on accidents in harbours;

(b) to advise small States on pilotage;

(c) to report to the Assembly at its ninety-second session;

4. *Encourages* all States to train pilots.
""",
    "us/order-20001.md": """---
title: Executive Order on Safe Lighthouses
kind: law
issuer: The White House
symbol: Executive Order 20001
date: 2033-05-06
---
# Executive Order on Safe Lighthouses

By the authority vested in me as President, it is hereby ordered:

**Section 1. Purpose.** Lighthouses guide vessels at night, and many of them are old.

**Sec. 2. Definitions.** For purposes of this order:

(a) The term “lighthouse” means a tower with a light that guides vessels.

(b) The term “pilot” means a person licensed by the Coast Guard to guide vessels.

**Sec. 3. Inventory.** (a) Within 90 days of the date of this order, the Secretary shall list all lighthouses.

(b) Within 180 days of the date of this order, the Secretary shall say which of them need repair.
""",
    "us/order-20050.md": """---
title: Executive Order on Removing Barriers to Lighthouses
kind: law
issuer: The White House
symbol: Executive Order 20050
date: 2036-01-20
---
# Executive Order on Removing Barriers to Lighthouses

By the authority vested in me as President, it is hereby ordered:

**Section 1. Revocation.** Executive Order 20001 of May 6, 2033 (Safe Lighthouses), is hereby revoked.

**Sec. 2. Review.** The Secretary shall review all actions taken under that order.
""",
    "de/lotsg.md": """---
title: Gesetz über das Lotswesen (Lotsengesetz – LotsG)
kind: law
issuer: Deutscher Bundestag
symbol: LotsG
date: 2019-03-01
language: de
---
# Gesetz über das Lotswesen (Lotsengesetz – LotsG)

## § 1 Begriffsbestimmungen

(1) „Lotse“ bezeichnet eine Person, die Schiffe durch das Fahrwasser führt.

(2) „Fahrwasser“ bezeichnet die gekennzeichnete Wasserstraße.

## § 2 Pflichten der Lotsen

(1) Der Lotse meldet jede Durchfahrt.

(2) Der Lotse führt ein Tagebuch über alle Durchfahrten.

## § 3 Inkrafttreten

Dieses Gesetz tritt am 1. Juli 2019 in Kraft.
""",
    "treaty/lights.md": """---
title: Convention on the Lighting of Coasts
kind: law
issuer: Council of Coasts
symbol: CC 14
date: 1999-06-30
---
# Convention on the Lighting of Coasts

The States Parties to this Convention have agreed as follows:

## Article 1 – Purpose

The Parties light their coasts so that vessels find their way.

## Article 2 – Use of terms

For the purposes of this Convention, “coast” means the land within one mile of the sea.

## Article 3 – Obligations of the Parties

Each Party shall:

(a) maintain a light on each cape;

(b) repair a broken light within a week;

(c) tell the other Parties of a light that fails.

## Article 4 – Withdrawal

A Party may withdraw by a notice of one year.
""",
    "city/bylaw-12.md": """---
title: By-law 12-2020 to regulate noise on quays
kind: law
issuer: Town of Eastmole
symbol: By-law 12-2020
date: 2020-09-14
---
# By-law 12-2020 to regulate noise on quays

## 1. Definitions

1.1 “quay” means a wall at which vessels lie.

1.2 “noise” means any sound that disturbs the inhabitants of the quay.

## 2. General prohibitions

2.1 No person shall make noise on a quay between 10 p.m. and 6 a.m.

2.2 No person shall sound a horn at a berth.

## 3. Exemptions

3.1 An application for an exemption shall include:

(a) the name and address of the applicant;

(b) the source of the noise;

(c) the reasons why the exemption should be granted.

## 4. Effective date

This By-law shall come into force and effect on the day of its passage.
""",
    "reports/lanterns.md": """---
title: "Lanterns of the north: a survey"
kind: report
issuer: Observatory of Lights
date: 2034-02-01
---
# Lanterns of the north: a survey

## Summary

Half of the lanterns in the north were repaired in 2033. The others will follow by 2036.

## Method

We visited forty capes in two summers.

## Findings

Lanterns on wooden towers fail twice as often as those of stone. Watchmen report failures late.
""",
}
TEXTS["eu/berths.md"] = """---
title: Regulation (EU) 2033/5 on berths (Berths Act)
kind: law
issuer: European Union
symbol: Regulation (EU) 2033/5
date: 2033-01-15
---
# Regulation (EU) 2033/5 on berths (Berths Act)

### Article 1

### Rules for single berths

""" + "\n\n".join(f"{n}. The keeper of berth {n} shall let vessels of {n} tons lie at berths." for n in range(1, 41))

Asking = Callable[..., Answer]  # of (question, document=None, *, whole=False)
RULES = "rules for single berths"  # forty of them, too many for an answer
LAST_RULE = "The keeper of berth 40"


def library_of_rules(folder: Path) -> Path:
    """The folder of an index of two documents, of which one has these rules."""
    for name in ("eu/berths.md", "reports/lanterns.md"):
        file = folder / "texts" / name
        file.parent.mkdir(parents=True)
        file.write_text(TEXTS[name], encoding="utf-8")
    ingest([folder / "texts"], folder / "index")
    return folder / "index"
