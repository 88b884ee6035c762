"""The least that the reading must score on each gold set, and for each field of a figure; raised by hand, never lowered."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Floor:
    """What a gold set must score at least. The fingerprint is of its rows and articles: nobody changes them unseen."""

    fingerprint: str
    precision: float
    recall: float
    f1: float
    bound: float  # right among the found


FLOORS = {
    "seeds": Floor(
        "8941ff6982a7482936810c3d9ab00f83e7c9a80529af0dec54fe68bfcea7f6e8",
        precision=0.99,
        recall=0.99,
        f1=0.99,
        bound=0.99,
    ),
    "dev": Floor(
        "a0a38f9c4a11d8bf0d35380346a8cb7c7199c86312988b21e5d0851b7f21d6a2",
        precision=0.97,
        recall=0.95,
        f1=0.96,
        bound=0.97,
    ),
    "round1": Floor(
        "fca176f089fc3cd5f1f767e1da012dc6012f29ae352d42d1c417110c8ead29cb",
        precision=0.955,
        recall=0.86,
        f1=0.91,
        bound=0.97,
    ),
    "round2": Floor(
        "2646de91c6f51cdc884a07c758cd252feea420867dad692c5ba5eb7117674a95",
        precision=0.97,
        recall=0.9,
        f1=0.93,
        bound=0.97,
    ),
    "round3": Floor(
        "f38956debfdb00803363479aa06b41a963c0a80880af594f51c9cc39a3f1fae8",
        precision=0.93,
        recall=0.82,
        f1=0.87,
        bound=0.97,
    ),
    "round4": Floor(
        "a2ddf26a2f6c02a194130973980e86b57dea1eb8f85ea6a1b615b20836926fc9",
        precision=0.97,
        recall=0.91,
        f1=0.94,
        bound=0.97,
    ),
    "round5": Floor(
        "4f9a530b8c956a2ea1b168a26f4ee1d335187aa65dcf31ee600abf98ac28b0d0",
        precision=0.97,
        recall=0.92,
        f1=0.94,
        bound=0.97,
    ),
    "round6": Floor(
        "13e8ab719b6138d57faad1d6eb2e2e94af29c2a35d772bb4538e8118eade6ee7",
        precision=0.97,
        recall=0.95,
        f1=0.96,
        bound=0.97,
    ),
    "round7": Floor(
        "a9c082bbb27d6d86decf04509286eeb8ea012252f0de257bd468063b2fa26104",
        precision=0.97,
        recall=0.9,
        f1=0.94,
        bound=0.97,
    ),
    "round8": Floor(
        "f52a0b3a44874604a51c29134d7f9f711e43b0db138723fe6d3459965b26e997",
        precision=0.97,
        recall=0.95,
        f1=0.96,
        bound=0.97,
    ),
    "round9": Floor(
        "90e6bdde154163855c2f539eee380b020364ac043d02af50a6c2d61c5ac1ba93",
        precision=0.97,
        recall=0.89,
        f1=0.93,
        bound=0.97,
    ),
    "round10": Floor(
        "5842840f6ebb82a668bae9410dfd277cf11c27eda737de437a00bb33322b4c1e",
        precision=0.96,
        recall=0.89,
        f1=0.92,
        bound=0.97,
    ),
    "round11": Floor(
        "edf57131aa5131e766e2d04799695d47fbca1d2685acda6d43f8675b20fa400c",
        precision=0.94,
        recall=0.88,
        f1=0.91,
        bound=0.97,
    ),
    "round12": Floor(
        "27f1ea6a036529418992c9058e4e07e3a65cc2b9ee40719bfbabbae4eafa0c4b",
        precision=0.96,
        recall=0.71,
        f1=0.82,
        bound=0.97,
    ),
    "round13": Floor(
        "8448189b69c29694e9b34a20bcc6957d38342d3c7c297e7f3aa0940472a811a6",
        precision=0.96,
        recall=0.76,
        f1=0.85,
        bound=0.97,
    ),
    "round14": Floor(
        "b19bfe926e13eb7d40da91f825e97eebe5ff4bd30be7ec401ff09e2dc7fc9327",
        precision=0.96,
        recall=0.72,
        f1=0.83,
        bound=0.97,
    ),
    "round15": Floor(
        "a1f0420dea243986855d359dc8c23cf5e492a644627e1e90dfc87d3ce71f941b",
        precision=0.97,
        recall=0.84,
        f1=0.9,
        bound=0.97,
    ),
    "round16": Floor(
        "f5a32ccfa8eeb84daed05fa6e040d078ac586025fe01e8f2721baf38b21c686f",
        precision=0.97,
        recall=0.7,
        f1=0.82,
        bound=0.97,
    ),
    "round17": Floor(
        "c69d96d6968ae32f366765d44906d95d7c42750ad5fc19e067f47ef33b72f26c",
        precision=0.98,
        recall=0.9,
        f1=0.94,
        bound=0.97,
    ),
    "round18": Floor(
        "80e587271bcd1b73b57b4d20ebc6775575448e96b55ebb5e1ec5e49848887b2b",
        precision=0.98,
        recall=0.85,
        f1=0.91,
        bound=0.97,
    ),
    "round19": Floor(
        "2cd48fb053743ddeea9b1bbed362db10d3fcf180c9e575eb67a5fb6a5ed8501b",
        precision=0.95,
        recall=0.83,
        f1=0.89,
        bound=0.97,
    ),
    "round20": Floor(
        "f2c1589ec647f3f107ad23bd14ab1279f4505f366f719b3660ca1d38b6b9b951",
        precision=0.92,
        recall=0.78,
        f1=0.84,
        bound=0.97,
    ),
    "round21": Floor(
        "fd1f91140ac916746fb6f922cde2af955a70e4a021f252fece503246692c9807",
        precision=0.96,
        recall=0.72,
        f1=0.83,
        bound=0.97,
    ),
    "round22": Floor(
        "234219c2490143e4844fae338661fc49fd04fa8803b5ad4a685325edc67648e6",
        precision=0.96,
        recall=0.8,
        f1=0.88,
        bound=0.97,
    ),
    "round24": Floor(
        "5b18f1d42010e6972ee193338da0fa778080cd365032f05036817423c0df993a",
        precision=0.96,
        recall=0.85,
        f1=0.9,
        bound=0.97,
    ),
    "round25": Floor(
        "2e484ea41f9036d49b4abc2ca42dd45822b18f5aab5b4406be6d816eca6b8061",
        precision=0.98,
        recall=0.9,
        f1=0.94,
        bound=0.97,
    ),
    "round26": Floor(
        "ed7b3f28ba5f193081acd623c1cff6e3355d793d41aff7ed98e114722267a2ed",
        precision=0.98,
        recall=0.91,
        f1=0.95,
        bound=0.97,
    ),
    "round27": Floor(
        "e226569eb37fdf3159956bc79bf92383eda13bf4a4aca8211330d968489ca8dc",
        precision=0.98,
        recall=0.92,
        f1=0.95,
        bound=0.97,
    ),
    "round28": Floor(
        "b1906a91165bcaa8f4a495054219555ed49d47c7897ee212b7693d87e2b1f2ad",
        precision=0.95,
        recall=0.75,
        f1=0.84,
        bound=0.97,
    ),
    "round29": Floor(
        "be54cbf527a816c2f70f4c82944e2f8c0f615d7aa16882276fd6558ad5380255",
        precision=0.9,
        recall=0.6,
        f1=0.7,
        bound=0.97,
    ),
    "round30": Floor(
        "521fd5813aefb53953891b74ba86468589a9193830da50de15152b14e03037fa",
        precision=0.9,
        recall=0.6,
        f1=0.7,
        bound=0.97,
    ),
    "round31": Floor(
        "e9af9e67418a0bced5db9404fbd28ddc3658a7ceb4eb95eccce5d45b626a0a72",
        precision=0.97,
        recall=0.93,
        f1=0.95,
        bound=0.97,
    ),
    "round32": Floor(
        "0158817a494325985631386c5b6afa912747ccc6036cdf4fd48476fb408876c3",
        precision=0.95,
        recall=0.85,
        f1=0.9,
        bound=0.97,
    ),
    "round33": Floor(
        "dcafeeaecf18f5a04b3facb6fac10438fbde35a7b4925ee39b8786306a9e8fd5",
        precision=0.95,
        recall=0.87,
        f1=0.9,
        bound=0.97,
    ),
    "round34": Floor(
        "734aa40683c39de029e465d849cff602b9eeebffa68dcdfcee11b6a35f20db30",
        precision=0.95,
        recall=0.87,
        f1=0.9,
        bound=0.97,
    ),
    "round35": Floor(
        "519de78f8a584f13e51122bb93c09db94854a346dd44d06d5a0c97c5501ccf75",
        precision=0.96,
        recall=0.91,
        f1=0.94,
        bound=0.97,
    ),
}
#: How often a field of the key must be right where all the others are, over all sets together.
FIELD_FLOORS = {
    "indicator": 0.99,
    "place": 0.99,
    "measure": 0.98,
    "share_of": 0.99,
    "status": 0.98,
    "period": 0.98,
    "value": 0.99,
}
