using System.Text.Json;
using SearchCluster.Cli.Tests.Fakes;
using SearchCluster.Contracts.Api;

namespace SearchCluster.Cli.Tests.Commands.Results;

/// <summary>What waits for somebody to make room says so wherever it is shown, and promises no time.</summary>
public sealed class WaitingTests : IDisposable
{
    private const string Trouble =
        "The journal /lab/journal.db cannot be written: its disk is full. Make room; what waits goes on by itself then.";

    private static readonly DateTimeOffset Since = ImpatientClock.Start.AddMinutes(-3);
    private static readonly string Begun = TimeZoneInfo.ConvertTime(Since, TimeZoneInfo.Local)
        .ToString("HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);

    private readonly CliHarness _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Status_tells_since_when_and_why_and_promises_no_time()
    {
        _cli.Service.With(Sample.Detail());
        await _cli.RunAsync("status", "digits");
        _cli.Out.ShouldContain(" left");
        using var waiting = new CliHarness();
        waiting.Service.With(Waiting());

        (await waiting.RunAsync("status", "digits")).ShouldBe(0);

        var text = string.Join(' ', waiting.Out.Split('\n').Select(line => line.Trim()));
        text.ShouldContain($"waits since {Begun}: {Trouble}");
        text.ShouldNotContain(" left");
    }

    [Fact]
    public async Task The_document_has_cause_and_time_and_no_end()
    {
        _cli.Service.With(Waiting());

        (await _cli.RunAsync("status", "digits", "--json")).ShouldBe(0);

        using var document = JsonDocument.Parse(_cli.Out);
        document.RootElement.GetProperty("trouble").GetString().ShouldBe(Trouble);
        document.RootElement.GetProperty("troubleSince").GetDateTimeOffset().ShouldBe(Since);
        document.RootElement.GetProperty("remainingSeconds").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Watch_says_when_it_begins_and_that_it_is_over()
    {
        _cli.Service.With(Waiting(), Waiting(), Sample.Detail(), Sample.Detail(SearchLifecycle.Completed));

        (await _cli.RunAsync("watch", "digits")).ShouldBe(0);

        _cli.Error.Split('\n')
            .Count(line => line.Contains($"the search waits since {Begun}: {Trouble}", StringComparison.Ordinal))
            .ShouldBe(1);
        _cli.Error.ShouldContain("The search goes on.");
        _cli.Out.ShouldContain($"  waits since {Begun}");
    }

    [Fact]
    public async Task Two_causes_that_come_in_turn_are_told_once_each()
    {
        const string Disk = "The disk of a worker is full";
        SearchDetail Worker(string file) => Waiting() with { Trouble = $"{Disk} (IOException: {file})." };
        _cli.Service.With(
            Waiting(), Waiting(), Worker("a.tmp"), Waiting(), Worker("b.tmp"), Sample.Detail(), Sample.Detail(SearchLifecycle.Completed));

        (await _cli.RunAsync("watch", "digits")).ShouldBe(0);

        string[] lines = [.. _cli.Error.Split('\n').Where(line => line.Contains("the search waits", StringComparison.Ordinal))];
        lines.Length.ShouldBe(2, _cli.Error);
        lines[0].ShouldContain(Trouble);
        lines[1].ShouldContain(Disk);
    }

    [Fact]
    public async Task The_stream_of_documents_has_one_when_it_begins_and_one_when_it_is_over()
    {
        _cli.Service.With(Sample.Detail(), Waiting(), Waiting(), Sample.Detail(), Sample.Detail(SearchLifecycle.Completed));

        (await _cli.RunAsync("watch", "digits", "--json")).ShouldBe(0);

        _cli.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Count(line => line.Contains("\"trouble\"", StringComparison.Ordinal))
            .ShouldBe(1);
    }

    [Fact]
    public async Task List_and_cluster_tell_it()
    {
        _cli.Service.With(Sample.Detail());
        (_cli.Service.Trouble, _cli.Service.TroubleSince) = (Trouble, Since);
        _cli.Service.Cluster = _cli.Service.Cluster with { Trouble = Trouble, TroubleSince = Since };

        await _cli.RunAsync("list");
        _cli.Error.ShouldContain($"Every search that is not over waits since {Begun}: {Trouble}");
        using var cluster = new CliHarness();
        cluster.Service.Cluster = _cli.Service.Cluster;
        await cluster.RunAsync("status");

        cluster.Out.ShouldContain($"journal      waits since {Begun}: {Trouble}");
    }

    [Fact]
    public async Task Workers_of_a_coordinator_that_was_not_asked_are_unknown()
    {
        (_cli.Connector.IsLive, _cli.Connector.Notice) = (false, "The coordinator holds the folder, but does not answer.");
        await _cli.RunAsync("status");
        _cli.Out.ShouldContain("workers      unknown");

        using var json = new CliHarness();
        (json.Connector.IsLive, json.Connector.Notice) = (false, "The coordinator holds the folder, but does not answer.");
        await json.RunAsync("status", "--json");
        using var document = JsonDocument.Parse(json.Out);
        document.RootElement.GetProperty("workers").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task What_the_journal_says_while_nobody_answers_promises_no_time()
    {
        (_cli.Connector.IsLive, _cli.Connector.Notice) = (false, "The coordinator holds the folder, but does not answer.");
        _cli.Service.With(Sample.Detail());

        (await _cli.RunAsync("status", "digits")).ShouldBe(0);

        _cli.Out.ShouldNotContain(" left");
    }

    private static SearchDetail Waiting() => Sample.Detail() with { Trouble = Trouble, TroubleSince = Since };
}
