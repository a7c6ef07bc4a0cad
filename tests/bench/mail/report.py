"""What was measured, line by line as it comes, and the last line."""

import os
import platform


def conditions():
    """Return on what, and how busy it was."""
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    return f"machine : {os.cpu_count()} cœurs, charge {load} au départ, Python {platform.python_version()}"


class Report:
    """The lines shown, the figures of the last one, and whether every goal was met."""

    def __init__(self):
        self.figures = {}
        self.is_met = True

    def row(self, what, measured, goal="", is_met=None):
        """Show a line of the table at once."""
        word = {None: "", True: "oui", False: "NON"}[is_met]
        self.is_met = self.is_met and is_met is not False
        print(f"{what:<58}{measured:>30}{goal:>14}{word:>5}", flush=True)

    def storm(self, storm):
        """Show what the kills left."""
        kinds = ", ".join(f"{storm.killed.count(kind)} {kind}" for kind in ("worker", "parent", "redis"))
        verdict = storm.verdict
        self.row(f"pannes : tués avec -9 (graine {storm.seed})", kinds, "10", len(storm.killed) >= 10)
        self.row("pannes : notifications écrites", str(storm.written))
        self.row("pannes : refusées pour de bon (550)", str(verdict.failed))
        self.row("pannes : perdues", str(len(verdict.lost)), "0", not verdict.lost)
        self.row(
            "pannes : remises à une autre personne",
            str(len(verdict.misaddressed)),
            "0",
            not verdict.misaddressed,
        )
        limit = f"≤ {storm.working}"
        is_met = verdict.duplicates <= storm.working and not storm.strays
        self.row("pannes : en double, même Message-ID", str(verdict.duplicates), limit, is_met)
        self.row("pannes : prises par un exécutant au moment d’un coup", str(len(storm.in_flight)))
        late = verdict.overtaken
        self.row("pannes : parties avant une plus ancienne", str(len(late)), "0", not late)
        self.row("pannes : durée", f"{storm.seconds:.0f} s")
        self.figures |= {
            "lost": len(verdict.lost),
            "misaddressed": len(verdict.misaddressed),
            "duplicates": verdict.duplicates,
            "strays": len(storm.strays),
            "early": len(verdict.overtaken),
            "killed_senders": storm.working,
            "kills": len(storm.killed),
            "notifications": storm.written,
        }

    def outage(self, verdict, written, seconds):
        """Show what came of a stop of Redis and of the SMTP server."""
        wrong = len(verdict.lost) + len(verdict.misaddressed) + verdict.duplicates
        self.row(f"arrêt de Redis et de SMTP : perdus ou en double sur {written}", str(wrong), "0", not wrong)
        late = len(verdict.overtaken)
        self.row("arrêt de Redis et de SMTP : partis avant un plus ancien", str(late), "0", not late)
        self.row("arrêt de Redis et de SMTP : tout est parti après leur retour", f"{seconds:.1f} s")
        self.figures |= {"outage_lost": len(verdict.lost), "outage_wrong": wrong, "out_of_order": late}

    def web(self, ratios):
        """Show how long the page takes for once it takes when all is well."""
        for name, (words, ratio, milliseconds) in ratios.items():
            # At once, the worker's own work weighs on the page: shown, and no goal.
            goal, is_met = ("", None) if name in ("base", "smtp_quick") else ("≤ 1,1", ratio <= 1.1)
            self.row(f"changer un état, {words}", f"{milliseconds:.1f} ms, ×{ratio:.2f}", goal, is_met)
            if name != "base":
                self.figures[f"web_{name}"] = f"{ratio:.2f}"

    def throughput(self, measured):
        """Show the rate beside a bare loop."""
        ours, bare, ratio = measured
        self.row(
            "débit d’un exécutant, à côté de smtplib",
            f"{ours:.0f}/s, {bare:.0f}/s, {ratio:.0%}",
            "≥ 60 %",
            ratio >= 0.6,
        )
        self.figures["throughput"] = f"{ratio:.2f}"

    def memory(self, measured):
        """Show what a worker holds at the start and at the end of many mails."""
        mails, first, last = measured
        grown = (last - first) / 1024
        words = f"{first / 1024:.1f} → {last / 1024:.1f} Mio"
        self.row(f"mémoire d’un exécutant sur {mails} courriels", words, "≤ +5 Mio", grown <= 5)
        self.figures |= {"memory_mails": mails, "memory_growth_mib": f"{grown:.1f}"}

    def backlog(self, measured):
        """Show how long a claim takes among many mails."""
        for words, milliseconds, worst in measured.times:
            self.row(words, f"{milliseconds:.2f} ms (95 % : {worst:.2f})", "≤ 5 ms", milliseconds <= 5)
        self.row("retard : parcours de PostgreSQL", measured.scan)
        self.row(
            "retard : pris deux fois par plusieurs exécutants", str(measured.twice), "0", not measured.twice
        )
        self.figures |= {
            "backlog": measured.size,
            "claim_ms": f"{max(one for _w, one, _b in measured.times):.2f}",
        }

    def last_line(self):
        """Return the figures, lost first."""
        return " ".join(f"{name}={value}" for name, value in self.figures.items())
