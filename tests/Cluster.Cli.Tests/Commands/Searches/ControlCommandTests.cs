using SearchCluster.Cli.Tests.Fakes;
using SearchCluster.Contracts.Api;

namespace SearchCluster.Cli.Tests.Commands.Searches;

public sealed class ControlCommandTests : IDisposable
{
    private readonly CliHarness _cli = new();

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("pause digits", "pause digits", "digits is paused.")]
    [InlineData("stop digits", "stop digits Graceful", "digits is finishing.")]
    [InlineData("stop digits --now", "stop digits Now", "digits is finishing.")]
    [InlineData("resume digits", "resume digits +0 +00:00:00 ", "digits is running.")]
    [InlineData("resume digits --trials +20 --time +1h --concurrency 3", "resume digits +20 +01:00:00 3", "digits is running.")]
    public async Task A_command_reaches_the_coordinator_and_its_answer_is_printed(string line, string call, string answer)
    {
        (await _cli.RunAsync(line.Split(' '))).ShouldBe(0);

        _cli.Service.Calls.Where(each => !each.StartsWith("get ", StringComparison.Ordinal)).ShouldBe([call]);
        _cli.Out.ShouldBe(answer + "\n");
        _cli.Error.ShouldContain("next: searchcluster ");
        _cli.Connector.Disposed.ShouldBe(1);
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("-100", -100)]
    public async Task A_priority_is_given_with_what_it_was_before(string text, int priority)
    {
        var detail = Sample.Detail();
        _cli.Service.With(detail with { Summary = detail.Summary with { Priority = 3 } });

        (await _cli.RunAsync("priority", "digits", text)).ShouldBe(0);
        (await _cli.RunAsync("priority", "digits", text, "--json")).ShouldBe(0);

        _cli.Service.Calls.ShouldContain($"priority digits {priority}");
        _cli.Out.ShouldStartWith($"digits has priority {priority} now; it had 3.\n");
        _cli.Out.ShouldContain($"\"priority\": {priority},\n  \"before\": 3,");
    }

    [Theory]
    [InlineData("101")]
    [InlineData("high")]
    [InlineData("1.5")]
    public async Task What_is_no_priority_is_refused(string text)
    {
        (await _cli.RunAsync("priority", "digits", text)).ShouldBe(2);

        _cli.Error.ShouldContain($"N is \"{text}\", but must be a whole number from -100 to 100.");
    }

    [Theory]
    [InlineData(true, "searchcluster status digits")]
    [InlineData(false, "searchcluster resume digits")]
    public async Task Who_stops_a_search_that_nothing_runs_is_told_how_it_ends(bool isLive, string next)
    {
        _cli.Connector.IsLive = isLive;

        (await _cli.RunAsync("stop", "digits")).ShouldBe(0);

        _cli.Error.ShouldContain("next: " + next);
    }

    [Theory]
    [InlineData("y\n", 0, true)]
    [InlineData("n\n", 7, false)]
    [InlineData("", 7, false)]
    public async Task Delete_asks_on_a_terminal(string answer, int exitCode, bool isDeleted)
    {
        _cli.InIsTerminal = true;
        _cli.Input = answer;
        _cli.Service.With(Sample.Detail(SearchLifecycle.Completed));

        (await _cli.RunAsync("delete", "digits")).ShouldBe(exitCode);

        _cli.Service.Calls.Contains("delete digits").ShouldBe(isDeleted);
        _cli.Error.ShouldStartWith("Deleting digits removes its ");
        _cli.Error.Contains($"{CommandCodes.NotConfirmed}: Nothing was removed.", StringComparison.Ordinal).ShouldBe(!isDeleted);
    }

    [Fact]
    public async Task Delete_does_not_ask_with_yes_and_says_when_nothing_was_there()
    {
        _cli.Service.With(Sample.Detail(SearchLifecycle.Completed));

        (await _cli.RunAsync("delete", "digits", "--yes")).ShouldBe(0);
        (await _cli.RunAsync("delete", "digits", "--yes")).ShouldBe(0);

        _cli.Out.ShouldBe("digits is deleted.\ndigits is already deleted.\n");
    }

    [Fact]
    public async Task Quiet_leaves_only_the_data()
    {
        (await _cli.RunAsync("pause", "digits", "-q")).ShouldBe(0);

        _cli.Error.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(404, 4)]
    [InlineData(409, 7)]
    [InlineData(401, 6)]
    [InlineData(403, 6)]
    [InlineData(422, 3)]
    [InlineData(503, 5)]
    [InlineData(426, 10)]
    [InlineData(500, 1)]
    public async Task A_refusal_ends_with_the_exit_code_of_its_kind(int status, int exitCode)
    {
        _cli.Service.Refusal = new ApiProblem("Refused", status, "SC2001", "Search digits is Completed.");

        (await _cli.RunAsync("pause", "digits")).ShouldBe(exitCode);

        _cli.Out.ShouldBeEmpty();
        _cli.Error.ShouldBe("searchcluster: SC2001: Search digits is Completed.\n");
    }

    [Fact]
    public async Task A_timeout_ends_with_code_124()
    {
        _cli.Service.BeforeAnswer = token => Task.Delay(Timeout.Infinite, token);

        (await _cli.RunAsync("pause", "digits", "--timeout", "30s")).ShouldBe(124);

        _cli.Error.ShouldContain($"{ProblemCodes.TimedOut}: No answer within 30 s.");
    }

    [Theory]
    [InlineData("watch digits")]
    [InlineData("submit x.yaml --watch")]
    public async Task The_time_of_a_command_that_works_is_up(string line)
    {
        await _cli.RunAsync("spec", "new", "x.yaml", "--template", "minimal");
        _cli.Service.BeforeAnswer = token => Task.Delay(Timeout.Infinite, token);

        (await _cli.RunAsync([.. line.Split(' '), "--timeout", "30s"])).ShouldBe(124);

        _cli.Error.ShouldContain($"{ProblemCodes.TimedOut}: The time of --timeout, 30 s, is up.");
        _cli.Error.ShouldNotContain("No answer");
    }

    [Fact]
    public async Task An_interrupt_ends_with_code_130()
    {
        _cli.Service.BeforeAnswer = _ =>
        {
            _cli.Signals.Interrupt();
            return Task.CompletedTask;
        };

        (await _cli.RunAsync("pause", "digits")).ShouldBe(130);
    }

    [Fact]
    public async Task A_bug_ends_with_code_1_a_crash_report_and_no_stack_trace()
    {
        _cli.Service.BeforeAnswer = _ => throw new InvalidOperationException("boom\u001b[2J");

        (await _cli.RunAsync("pause", "digits", "--token-file", "secret-path")).ShouldBe(1);

        _cli.Error.ShouldStartWith("searchcluster: SC0001: Unexpected failure: boom\\x1B[2J\n");
        _cli.Error.ShouldNotContain("   at ");
        var file = _cli.Error.Split("details are in ")[1].Trim();
        var report = File.ReadAllText(file);
        File.Delete(file);
        report.ShouldContain("InvalidOperationException");
        report.ShouldContain("command: pause --token-file");
        report.ShouldNotContain("secret-path");
    }

    [Fact]
    public async Task Leaving_watch_is_no_failure()
    {
        _cli.Service.With(Sample.Detail());
        var looks = 0;
        _cli.Service.BeforeAnswer = _ =>
        {
            if (++looks == 3)
            {
                _cli.Signals.Interrupt();
            }

            return Task.CompletedTask;
        };

        (await _cli.RunAsync("watch", "digits")).ShouldBe(0);

        _cli.Error.ShouldBe("The search goes on.\n");
    }

    [Fact]
    public async Task Watch_of_a_failed_search_ends_with_code_8()
    {
        _cli.Service.With(Sample.Detail(), Sample.Detail(SearchLifecycle.Failed));

        (await _cli.RunAsync("watch", "digits")).ShouldBe(8);
    }

    [Fact]
    public async Task Watch_of_a_search_that_went_on_counts_the_warnings_of_before_and_tells_the_others()
    {
        static WarningView Warning(string text, DateTimeOffset at) => new(text, null, 1, WorkItem.Trial(new(0)), at, at);
        ValueArray<WarningView> warnings =
            [Warning("Of before.", ImpatientClock.Start.AddMinutes(-4)), Warning("Since then.", ImpatientClock.Start.AddMinutes(-1))];
        SearchDetail State(SearchLifecycle state) =>
            Sample.Detail(state) with { Warnings = warnings, RunningSince = ImpatientClock.Start.AddMinutes(-2) };
        _cli.Service.With(State(SearchLifecycle.Running), State(SearchLifecycle.Running), State(SearchLifecycle.Completed));

        (await _cli.RunAsync("watch", "digits")).ShouldBe(0);

        _cli.Error.ShouldContain("1 warning of before: searchcluster status digits");
        (_cli.Error + _cli.Out).ShouldNotContain("Of before.");
        (_cli.Error + _cli.Out).ShouldContain("Since then.");
    }

    [Fact]
    public async Task Watch_without_a_name_takes_the_one_that_runs()
    {
        _cli.Service.With(Sample.Detail(SearchLifecycle.Completed, "old"));
        _cli.Service.With(Sample.Detail(), Sample.Detail(), Sample.Detail(SearchLifecycle.Completed));

        (await _cli.RunAsync("watch")).ShouldBe(0);

        _cli.Service.Calls.ShouldContain("get digits");
    }
}
