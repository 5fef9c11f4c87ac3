using SearchCluster.Cli.Tests.Fakes;
using SearchCluster.Insight.Reports;

namespace SearchCluster.Cli.Tests.Commands.Results;

public sealed class WarningTests
{
    private static WarningView Warning(string text, int count = 1, string? code = null) =>
        new(text, code, count, WorkItem.Trial(new TrialId(0)), ImpatientClock.Start, ImpatientClock.Start);

    [Fact]
    public void Each_warning_is_told_once_while_its_count_grows()
    {
        var told = new List<string>();
        var teller = new WarningTeller(told.Add);
        var detail = Sample.Detail();

        teller.Tell(detail);
        teller.Tell(detail with { Warnings = [Warning("One.", 1, "SC3021")] });
        teller.Tell(detail with { Warnings = [Warning("One.", 7, "SC3021"), Warning("Two.")], OtherWarnings = 3 });
        teller.Tell(detail with { Warnings = [Warning("One.", 9, "SC3021"), Warning("Two.")], OtherWarnings = 9 });

        told.ShouldBe(["SC3021 One.", "Two.", "Its trials warned of more than is kept: 3 further warnings, see the log."]);
        teller.Untold(detail with { Warnings = [Warning("One.")] }).ShouldBeEmpty();
    }

    [Fact]
    public void A_report_shows_what_nobody_was_told_with_its_count_and_without_control_characters()
    {
        var detail = Sample.Detail() with { Warnings = [Warning("\u001b[31mOne", 4)] };

        new WarningTeller(_ => { }).Untold(detail).ShouldBe(["\\x1B[31mOne (told by 4 attempts)"]);
    }

    [Fact]
    public void What_was_told_before_a_search_went_on_is_not_told_again()
    {
        var told = new List<string>();
        var before = Sample.Detail() with { Warnings = [Warning("One."), Warning("Two.")], OtherWarnings = 3 };
        var teller = new WarningTeller(told.Add, before);

        teller.Tell(before);
        teller.Untold(before).ShouldBeEmpty();
        WarningText.Screen(teller.New(before), 60).ShouldBeEmpty();
        teller.Tell(before with { Warnings = [Warning("One.", 2), Warning("Two."), Warning("Three.")], OtherWarnings = 4 });

        told.ShouldBe(["Three.", "Its trials warned of more than is kept: 4 further warnings, see the log."]);
    }

    [Fact]
    public void A_search_that_started_over_tells_its_warnings_anew()
    {
        var told = new List<string>();
        var teller = new WarningTeller(told.Add, Sample.Detail() with { Warnings = [Warning("One.")] });

        teller.Tell(Sample.Detail() with { Warnings = [Warning("One.") with { FirstAt = ImpatientClock.Start.AddHours(1) }] });

        told.ShouldBe(["One."]);
    }

    [Fact]
    public void A_live_screen_shows_a_few_and_counts_the_rest()
    {
        var detail = Sample.Detail() with
        {
            Warnings = Enumerable.Range(1, 9).Select(number => Warning($"Warning {number}.")).ToValueArray(),
        };

        WarningText.Screen(detail, 60).Count().ShouldBe(3);
    }
}
