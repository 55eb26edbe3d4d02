"""The formulas of the value model and the verdict, as the Method page tells them."""

from __future__ import annotations

from dataclasses import dataclass

from ..text.languages import message
from ..text.wording import percent
from ..verdict import RISKY_LOSS


@dataclass(frozen=True)
class Formula:
    """One formula: what it says, in LaTeX, and where it is from."""

    title: str
    text: str
    latex: str
    source: str


_OWN = message("Groundwork's own definition")

FORMULAS: dict[str, tuple[Formula, ...]] = {
    message("What you are not sure of"): (
        Formula(
            message("Three quantiles"),
            message(
                "A range is given as P10, P50 and P90 and honoured exactly. Amounts lie above 0 (J-QPD-S), shares between 0 and 1 (J-QPD-B). A quantile that touches a bound, or two that are equal, are a mass at that value: adoption of 60, 80 and 100% is full adoption once in ten times (Aitchison 1955). Where the mean of an amount would lie beyond its own P90, in a tail that nobody gave, the amount is cut where its mean is the P90."
            ),
            r"Q_S(p) = l + \theta\, e^{\lambda \sinh(\sinh^{-1}(\delta\,\Phi^{-1}(p)) + \sinh^{-1}(n c \delta))}"
            r"\qquad Q_B(p) = l + (u-l)\,\Phi\big(\xi + \lambda \sinh(\delta(\Phi^{-1}(p) + n c))\big)",
            "Hadlock and Bickel 2017, Johnson Quantile-Parameterized Distributions, Decision Analysis 14(1)",
        ),
        Formula(
            message("Minimum, likely and maximum"),
            message(
                "A range given as a minimum, what is most likely and a maximum has the PERT distribution: a beta between the two ends with its mode at the likely value. Nothing lies beyond the ends. P10, P50 and P90 follow from it (Vose 2008)."
            ),
            r"Q(p) = a + (b-a)\,I^{-1}_p\Big(1 + 4\,\tfrac{m-a}{b-a},\; 1 + 4\,\tfrac{b-m}{b-a}\Big)"
            r"\qquad \mu = \tfrac{a + 4m + b}{6}",
            "Malcolm, Roseboom, Clark and Fazar 1959, Application of a Technique for Research and Development Program Evaluation, Operations Research 7(5)",
        ),
        Formula(
            message("Several people"),
            message(
                "Where several people judge a number, each one's quantiles are kept and their averages count. Where they disagree a lot, the linear pool (Clemen and Winkler 1999) stands beside them. What they agreed on after each had judged alone counts instead of the averages (SHELF, Oakley and O'Hagan; EFSA 2014)."
            ),
            r"Q(p) = \tfrac{1}{n} \sum_{i=1}^{n} Q_i(p)",
            "Lichtendahl, Grushka-Cockayne and Winkler 2013, Is It Better to Average Probabilities or Quantiles?, Management Science 59(7)",
        ),
        Formula(
            message("Inputs that move together"),
            message(
                "Named pairs have a rank correlation; a Gaussian copula joins them and leaves each one's own distribution as it is. Correlations that cannot hold at once are refused."
            ),
            r"u_i = \Phi(z_i),\quad z \sim N(0, R),\quad R_{ij} = 2 \sin\big(\tfrac{\pi}{6}\,\rho_{ij}\big)",
            "Pearson 1907, On Further Methods of Determining Correlation; Nelsen 2006, An Introduction to Copulas",
        ),
        Formula(
            message("Simulation"),
            message(
                "8,192 futures from scrambled Sobol points, one dimension an uncertain input; every alternative sees the same futures. Eight independent scrambles give the simulation errors (standard errors) of the mean and of P10, P50 and P90. In means, reaching production counts by its probability. NPV rests on all futures; return and payback on at most 65,536 of them, rates on a quarter of those."
            ),
            r"\mathrm{SE} = \sqrt{\tfrac{1}{R(R-1)} \sum_{r=1}^{R} (\bar x_r - \bar x)^2},\qquad R = 8",
            "Sobol 1967; Owen 1998, Scrambling Sobol' and Niederreiter-Xing points, Journal of Complexity 14",
        ),
    ),
    message("From a case to money over time"): (
        Formula(
            message("Gain of a month"),
            message(
                "Cases, growing over the years, in which the output is used, times what a case is worth more than today. Between two trainings a gain fades by its drift d a year, averaged over the part of the month that is live: x is the age of the model since its last training, s months live, L the live share of the month. A loss stays what it is. Trained every 0 months, a model has no time to drift; without a number it is never trained again. Growth comes a little every month, or, where you say so, as a step each year: then (t − 1) / 12 counts whole years. Where benefits come by year, the share of year 1 + ⌊(t − 1) / 12⌋ multiplies the cases handled, as the ramp does; the last one holds for the years after."
            ),
            r"\text{gain}_t = C\,(1+g)^{(t-1)/12}\; a\,\min(1, s_t/\text{ramp})\,L_t\;(v_{alt} - v_{now})\;\overline{(1-d)^{x/12}}",
            _OWN,
        ),
        Formula(
            message("Cost of a month"),
            message(
                "One-off costs fall evenly into the build, all in the first month where there is none; what a build beyond the horizon has still to pay was committed and counts in the last month. What a training costs is laid by evenly until it is due. Costs of the status quo that end count as gain, in step with adoption: running ones month by month, one-off ones (a renewal that is avoided) when it goes live. What is paid on the first day is not discounted; what is paid every month of the build ends with it. A cost may be for each of several pieces, may grow by its own yearly rate, counted from the first month, and may fall due with a chance only: expected figures count it by that chance, the distribution draws it. Amounts by year are spread evenly over the twelve months of each year, counted from the day the work starts: of what is paid every month, the months count that it is live; what is paid once is spent in any case."
            ),
            r"\text{cost}_t = \text{one-off}\cdot\frac{|[t-1,t]\cap[0,B]|}{B} + \text{monthly}\cdot L_t + \text{per case}\cdot\text{cases}_t",
            "Components of cost: Sculley et al. 2015, Hidden Technical Debt in Machine Learning Systems",
        ),
        Formula(
            message("Use that ends, and what is left"),
            message(
                "Adoption, ramp, drift and trainings may differ by alternative; what it leaves empty is as for all. Where its use ends, U months after going live in month B, its gain and its running costs end and those of today are back; what was avoided once (a renewal) falls due then. A residual value is received at the end of the use or of the horizon, whichever comes first, with the money of that month, if it has gone live by then; what ends within a month is received in part a month earlier, so that its mean date is right."
            ),
            r"s_t = \min(\max(t-B, 0),\,U),\qquad L_t = s_t - s_{t-1},\qquad \text{end} = \min(B+U,\,H)",
            _OWN,
        ),
        Formula(
            message("Net present value"),
            message(
                "Flows at the end of each month, discounted at the yearly rate. Where finance has another convention, a month counts from its middle, or from the end of its year (the last year ends with the horizon); the first day's money counts in full. The internal rate follows the same dates; payback counts the months in which money flows."
            ),
            r"\mathrm{NPV} = \sum_{t=1}^{H} \frac{\text{gain}_t - \text{cost}_t}{(1+r)^{t/12}}",
            "Brealey, Myers and Allen, Principles of Corporate Finance, ch. 2",
        ),
        Formula(
            message("Return on cost, payback, internal rate of return"),
            message(
                "Return is NPV over the present value of the costs. Payback is the first month from which the undiscounted sum is never negative again; what never goes live pays nothing back. Mean return is mean NPV over mean cost. The internal rate is the yearly rate at which NPV is zero; where there is none, or more than one, or money comes before it is spent, the page says so. Above 1,000% it is not told as a figure."
            ),
            r"\mathrm{ROI} = \frac{\mathrm{NPV}}{\mathrm{PV(costs)}},\qquad \sum_t \frac{\text{flow}_t}{(1+\mathrm{IRR})^{t/12}} = 0",
            "Brealey, Myers and Allen, Principles of Corporate Finance, ch. 5",
        ),
        Formula(
            message("Inflation"),
            message(
                "Where inflation is given, amounts are in the prices of the first day. A nominal rate then discounts them by what is left of it above inflation; a real rate by itself. The internal rate is of the same kind as the discount rate; payback counts money in the prices of the first day. Without inflation, amounts are taken as they will be paid."
            ),
            r"1 + r_{nominal} = (1 + r_{real})(1 + \text{inflation})",
            "Fisher 1930, The Theory of Interest; Brealey, Myers and Allen, Principles of Corporate Finance, ch. 6",
        ),
        Formula(
            message("Hard and soft benefits"),
            message(
                "A share s of the gain may be soft: nobody turns it into money. It counts as far as you say (c), everywhere: in NPV, break-even and verdict. A loss is hard, and costs of today that end are money."
            ),
            r"\text{gain}^{+}_{counted} = \big(1 - s\,(1 - c)\big)\,\text{gain}^{+}",
            _OWN,
        ),
        Formula(
            message("After tax, and by fiscal year"),
            message(
                "Tax falls due with the profit of each month, and a loss is set off at once against other profits of the company. Profit is cash flow before tax with capital expenditure added back, less depreciation: in equal parts from the end of the build, the rest at the horizon, all of it at once where production is not reached. So NPV after tax follows from present values, future by future. Amounts are those of the day on which they are paid. The verdict rests on NPV before tax."
            ),
            r"\mathrm{NPV}_{after} = (1-\tau)\,\mathrm{NPV} + \tau\,\big(\mathrm{PV(depreciation)} - \mathrm{PV(capital)}\big)",
            "Brealey, Myers and Allen, Principles of Corporate Finance, ch. 6; IAS 38 (amortisation), IAS 36 (impairment)",
        ),
        Formula(
            message("The outside view"),
            message(
                "If wished, build cost and build time are stretched as builds of a reference class overran, and the result stands beside the team's own figures. IT projects: one in six costs three times as much and takes 1.7 times as long, and the mean overrun is 27%. Green Book: cost +200% and duration +54% (upper bound), +10% and +10% (lower)."
            ),
            "",
            "Flyvbjerg and Budzier 2011, Harvard Business Review 89(9); HM Treasury, Green Book supplementary guidance on optimism bias; Kahneman and Tversky 1979",
        ),
        Formula(
            message("The organisation's own reference classes"),
            message(
                "What own projects came to over the P50 that was signed (build cost, build time, gain) is a lognormal factor, which a proposal can take over from the track record as a copy. It stands in the outside view in place of the published class: alone from 20 projects on, and before that blended with it by credibility, n projects against k, the variance of single projects over that of class means. The factor on the gain multiplies what is gained in each month, with those costs of today that end, in futures in which that is a gain. Each factor is drawn by itself and multiplies the team's own draws."
            ),
            r"f = e^{m + s z},\quad m = w\,\bar x + (1 - w)\,m_0,\quad w = \frac{n}{n + k},\quad \text{mean of } f = e^{m + s^2/2}",
            "Kahneman and Tversky 1979; Flyvbjerg 2006; Bühlmann 1967, Experience Rating and Credibility, ASTIN Bulletin 4(3)",
        ),
        Formula(
            message("Signed chances of reaching production"),
            message(
                "The signed chance p of reaching production is scored once the fate y is known, 1 or 0: the mean squared distance over all whose fate is known. Less is better, and nobody gains by signing another chance than the own one. Uncertainty less resolution plus reliability, by tenths, and what chances of one tenth differ by, add up to it."
            ),
            r"\mathrm{BS} = \frac{1}{n} \sum (p_i - y_i)^2",
            "Brier 1950, Monthly Weather Review 78(1); Murphy 1973, Journal of Applied Meteorology 12(4); Stephenson, Coelho and Jolliffe 2008, Weather and Forecasting 23(4)",
        ),
        Formula(
            message("Projects that never go live"),
            message(
                "With the chance that an alternative does not reach production, its one-off money is spent and nothing is earned. How strongly the fates of alternatives hang together is one number, from 0 (not at all) to 1 (all or none): a Gaussian copula."
            ),
            "",
            "Li 2000, On Default Correlation: A Copula Function Approach, Journal of Fixed Income 9(4)",
        ),
        Formula(
            message("Shared causes of failure"),
            message(
                "Alternatives that rest on the same cause all fail where it does not come true. The chance P of reaching production stays what it is: with p the chance that all comes true on which an alternative rests, P / p is left as its own. Two alternatives succeed together with P₁ P₂ / p, p being the chance of what they share. What is not shared hangs together as the dependence of fates says. A pilot that shows one of them failing makes the others less likely too."
            ),
            r"P_i = p\,q_i,\qquad \Pr(\text{both}) = p\,q_1\,q_2 = \frac{P_1 P_2}{p}",
            "Fleming 1975, A Reliability Model for Common Mode Failures in Redundant Safety Systems, Proceedings of the Sixth Annual Pittsburgh Conference on Modeling and Simulation",
        ),
    ),
    message("How good must it be"): (
        Formula(
            message("Break-even and headroom"),
            message(
                "The value of a technical metric at which expected NPV is zero, all other inputs as drawn. Headroom is the room between it and the ceiling."
            ),
            r"\mathbb{E}[\mathrm{NPV}(m^*)] = 0,\qquad \text{headroom} = \text{ceiling} - m^* \quad(\text{or } m^* - \text{ceiling where less is better})",
            "Ceiling: Ng, MLOps course, scoping (human-level performance)",
        ),
        Formula(
            message("What matters most"),
            message(
                "Each input moves from its P10 to its P90 while all others stay at their P50; reaching production counts by its probability."
            ),
            r"\Delta_i = \mathrm{NPV}(x_i = P90) - \mathrm{NPV}(x_i = P10)",
            "Howard 1988, Decision Analysis: Practice and Promise, Management Science 34(6)",
        ),
    ),
    message("What it is worth to know more"): (
        Formula(
            message("Perfect information (EVPI)"),
            message("The most that any study could be worth. The status quo counts as 0."),
            r"\mathrm{EVPI} = \mathbb{E}[\max_k \mathrm{NPV}_k] - \max_k \mathbb{E}[\mathrm{NPV}_k]",
            "Raiffa and Schlaifer 1961, Applied Statistical Decision Theory",
        ),
        Formula(
            message("One input (partial EVPI)"),
            message(
                "What it is worth to learn one input, by regression of NPV on it and on polynomials of its rank. Leaving out an eighth of the futures at a time (jackknife) gives the standard error and takes out the bias; what is below two errors counts as 0."
            ),
            r"\mathrm{EVPPI}_i = \mathbb{E}\big[\max_k \mathbb{E}[\mathrm{NPV}_k \mid x_i]\big] - \max_k \mathbb{E}[\mathrm{NPV}_k]",
            "Strong, Oakley and Brennan 2014, Medical Decision Making 34(3)",
        ),
        Formula(
            message("The pilot (EVSI)"),
            message(
                "What the planned pilot is worth if it reads the best model's uncertain technical metrics, and what its labelled cases count on the way (prevalence, response rates): shares binomially, off the cases that show them (recall off the positives, accuracy off the automated cases), other metrics with a normal error. It reveals the share of later failures that you say, or none. Never more than learning the same exactly."
            ),
            r"\mathrm{EVSI} = \mathbb{E}\big[\max_k \mathbb{E}[\mathrm{NPV}_k \mid \text{reading}]\big] - \max_k \mathbb{E}[\mathrm{NPV}_k]",
            "Strong, Oakley, Brennan and Breeze 2015, Medical Decision Making 35(5); error of an AUC: Hanley and McNeil 1982, Radiology 143(1)",
        ),
        Formula(
            message("The size of the pilot (ENBS)"),
            message(
                "The worth of a sample of n labelled cases, less the pilot's fixed cost and what n labels cost. Sizes within 5% of the best are as good as best."
            ),
            r"\mathrm{ENBS}(n) = \mathrm{EVSI}(n) - \text{fixed cost} - n\cdot\text{cost of a label}",
            "Raiffa and Schlaifer 1961, Applied Statistical Decision Theory; enbs of the R package voi (Jackson et al. 2022, Annual Review of Statistics and Its Application 9)",
        ),
        Formula(
            message("Stage by stage"),
            message(
                "Pilot, then decide by its reading; build, then run only if what the system shows is worth running. The pilot's cost counts, and everything after it comes later."
            ),
            r"\mathrm{NPV}_{stages} = (1+r)^{-m/12}\,\mathbb{E}\big[\mathrm{NPV}_{k^*(\text{reading})}\big] - \text{cost of the pilot}",
            "Longstaff and Schwartz 2001, Valuing American Options by Simulation, Review of Financial Studies 14(1)",
        ),
        Formula(
            message("Which alternative"),
            message(
                "The chance of being best is the share of the futures in which no other is worth more (the status quo counts as 0). What the model adds is its NPV less that of the best way without a model, future by future."
            ),
            r"\Delta = \mathrm{NPV}_{model} - \mathrm{NPV}_{best\ without}",
            "Common random numbers: Law 2015, Simulation Modeling and Analysis, ch. 11",
        ),
    ),
    message("What evidence shows"): (
        Formula(
            message("Learning curve"),
            message(
                "The score by the number of labelled rows is a power law with an asymptote. Gain and exponent have a grid, each curve weighs as much as it agrees with the scores, and how far scores scatter is unknown too. A curve that bends at small sizes counts by its large ones. Intervals hold the score at four times the largest size."
            ),
            r"\begin{gathered} s(n) = a - b\,n^{-c} \\ w \propto \Big(\nu + \sum_i \frac{(\bar s_i - s(n_i))^2}{\sigma_i^2}\Big)^{-(\nu + k - 1)/2} \end{gathered}",
            "Mukherjee et al. 2003, Journal of Computational Biology 10(2); Figueroa et al. 2012, BMC Medical Informatics and Decision Making 12:8; Viering and Loog 2023, The Shape of Learning Curves: a Review, IEEE TPAMI 45(6)",
        ),
        Formula(
            message("Learning curve in money"),
            message(
                "At each size, expected NPV once live at the threshold worth most; the power law goes through these. So break-even is at zero for every metric. The labels needed are the fewest with which it is reached with a chance of 50% or 80%; those that are there already cost nothing."
            ),
            r"P\big(\mathrm{NPV}(n) \ge 0\big) = \sum_j w_j\,\mathbf{1}\big[\mathrm{NPV}_j(n) \ge 0\big]",
            _OWN,
        ),
        Formula(
            message("Measured shares"),
            message(
                "A share that was counted has Wilson's interval, and its P10, P50 and P90 are those of Jeffreys' posterior. Recall and false-positive rate are counted apart; precision follows from both at the proposal's own prevalence."
            ),
            r"p \sim \mathrm{Beta}\big(h + \tfrac12,\; n - h + \tfrac12\big)",
            "Wilson 1927, JASA 22(158); Brown, Cai and DasGupta 2001, Interval Estimation for a Binomial Proportion, Statistical Science 16(2)",
        ),
        Formula(
            message("Ceiling from two people's labels"),
            message(
                "Each is wrong with the same chance e, independently of the other, and a wrong label is any of the other classes alike. From how often they agree follows how often one of them is right; that is the ceiling of accuracy and recall, and through the binormal curve of ROC AUC."
            ),
            r"A = (1-e)^2 + \frac{e^2}{k-1},\qquad \kappa = \frac{A - A_0}{1 - A_0}",
            "Dawid and Skene 1979, Applied Statistics 28(1), with one error rate; Cohen 1960, Educational and Psychological Measurement 20(1); Fleiss, Cohen and Everitt 1969, Psychological Bulletin 72(5)",
        ),
        Formula(
            message("Chance of reaching break-even"),
            message(
                "What can be reached is as uncertain as the ceiling, or as the end of the learning curve, or the lower of both. Break-even is that of a build that goes live. Where nobody says how likely a model reaches production, the smallest of these chances over its metrics counts."
            ),
            r"P(q \ge b) = P(\text{ceiling} \ge b)\cdot P\big(\mathrm{NPV}(\infty) \ge 0\big)",
            _OWN,
        ),
        Formula(
            message("What a pilot's labels tell"),
            message(
                "A model that has learned from few labels says little of what many would make of it. Of the doubt about a metric, the sample leaves open what the curve does: the share of the end's variance that the score with so many labels does not explain. It comes on top of the error of counting."
            ),
            r"\begin{gathered} u(n) = 1 - \rho^2\big(s(N+n),\, s(\infty)\big) \\ \mathrm{Var}(e) = \mathrm{Var}(x)\,\frac{u}{1-u} \end{gathered}",
            _OWN,
        ),
        Formula(
            message("What rests on guesses"),
            message(
                "The share of NPV's variance that each uncertain input explains alone, of what all of them explain. An input rests on what its ground says; on an expert where people judged it or its alternative names evidence; otherwise it is a guess."
            ),
            r"S_i = \frac{\mathrm{Var}\big(\mathbb{E}[\mathrm{NPV} \mid x_i]\big)}{\mathrm{Var}(\mathrm{NPV})},\qquad \frac{\sum_{i \in G} S_i}{\sum_i S_i}",
            "Sobol 1993, Mathematical Modelling and Computational Experiments 1; Sudret 2008, Reliability Engineering and System Safety 93",
        ),
    ),
    message("The verdict"): (
        Formula(
            message("One rule"),
            message(
                "First: stop where a gate failed for good; rework where needed figures or gate answers are missing, or the break-even lies above the ceiling. Then, among committing to each alternative, a pilot and a choice by what it reads (its cost and delay counted), and doing nothing, the way with the highest expected value: build, simpler, pilot or stop by what it is. Ways that differ by less than their simulation error are a tie, and the one that binds least is named. A value that rests on a tail that nobody gave does not count. A chance of loss above a threshold, {share} unless the organisation chose another, becomes a condition.",
                share=percent(RISKY_LOSS),
            ),
            r"w^* = \arg\max_{w}\, \mathbb{E}[\mathrm{NPV}_w]",
            "Raiffa and Schlaifer 1961, Applied Statistical Decision Theory",
        ),
        Formula(
            message("Feasibility score"),
            message(
                "The mean of the areas, each the mean of its answered questions. It decides nothing by itself: gates and headroom do."
            ),
            "",
            "Areas: Ng, MLOps course; Google, Rules of ML; Breck et al. 2017, The ML Test Score",
        ),
    ),
}
"""The formulas, by heading, in the order in which they are used."""
