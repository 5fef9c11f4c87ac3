using System.Diagnostics;
using SearchCluster.Contracts.Telemetry;
using SearchCluster.Hosting.Telemetry;

namespace SearchCluster.Hosting.Tests.Telemetry;

[Collection(nameof(SpanFileTests))]
public sealed class SpanFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Spans_of_a_trace_are_read_back_with_parent_attributes_links_and_failure()
    {
        await using var host = await TelemetryHost.StartAsync(_folder.State);
        var (trace, root) = RecordTrace();
        host.Flush().ShouldBeTrue();

        var spans = WholeTrace.Read(_folder.State, trace);

        spans.Select(span => span.Name).ShouldBe([SpanNames.Submit, SpanNames.Attempt]);
        spans.ShouldAllBe(span => span.Service == "worker-1" && span.TraceId == trace);
        spans[0].ParentSpanId.ShouldBeNull();
        spans[1].ParentSpanId.ShouldBe(root);
        spans[1].IsError.ShouldBeTrue();
        spans[1].Attributes["trial"].ShouldBe("17");
        spans[1].Attributes["link.0"].ShouldContain(trace);
        spans[1].Attributes["exception.message"].ShouldBe("It \u001b broke.");
        spans[1].Duration.ShouldBeGreaterThan(TimeSpan.Zero);
    }

    [Fact]
    public async Task Spans_are_in_the_file_when_the_process_ends_in_order()
    {
        string trace;
        await using (await TelemetryHost.StartAsync(_folder.State))
        {
            (trace, _) = RecordTrace();
        }

        WholeTrace.Read(_folder.State, trace).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_torn_last_line_and_lines_that_are_no_spans_are_passed_over()
    {
        await using var host = await TelemetryHost.StartAsync(_folder.State);
        var (trace, _) = RecordTrace();
        host.Flush();
        File.WriteAllText(
            Path.Combine(_folder.State.TracesFolder, "other.jsonl"),
            $"{{\"traceId\":\"{trace}\"}}\nnonsense {trace}\n{{\"spanId\":\"1\",\"traceId\":\"{trace}");

        WholeTrace.Read(_folder.State, trace).Where(span => span.Name is not null).Count().ShouldBe(2);
    }

    [Fact]
    public async Task Other_traces_are_not_mixed_in()
    {
        await using var host = await TelemetryHost.StartAsync(_folder.State);
        var (first, _) = RecordTrace();
        var (second, _) = RecordTrace();
        host.Flush();

        WholeTrace.Read(_folder.State, first).ShouldAllBe(span => span.TraceId == first);
        WholeTrace.Read(_folder.State, second).Count.ShouldBe(2);
    }

    [Fact]
    public void Lines_of_its_own_files_that_are_no_spans_are_counted()
    {
        var trace = new string('b', 32);
        Directory.CreateDirectory(_folder.PathOf($"traces/{trace}"));
        File.WriteAllText(_folder.PathOf($"traces/{trace}/run-1.jsonl"), $"garbage\n{{\"traceId\":\"{trace}\nmore\ntorn");

        var (spans, unreadable) = WholeTrace.Counted(_folder.State, trace, limit: 1);
        spans.ShouldBeEmpty();

        unreadable.ShouldBe(3);
    }

    [Fact]
    public void Pages_together_are_the_trace_whatever_their_size()
    {
        var trace = new string('c', 32);
        Directory.CreateDirectory(_folder.PathOf($"traces/{trace}"));
        foreach (var (file, first) in new[] { ($"{trace}/b-1.jsonl", 0), ($"{trace}/a-1.jsonl", 300), ("c-1.jsonl", 600) })
        {
            File.WriteAllText(_folder.PathOf("traces/" + file), string.Concat(Enumerable.Range(first, 300).Select(n => Line(trace, n))));
        }

        File.AppendAllText(_folder.PathOf($"traces/{trace}/a-1.jsonl"), new string('x', 5 << 20) + "\n" + Line(trace, 900));
        foreach (var limit in new[] { 1, 7, 300, 10_000 })
        {
            var (spans, unreadable) = WholeTrace.Counted(_folder.State, trace, limit);

            spans.Select(span => int.Parse(span.SpanId, System.Globalization.CultureInfo.InvariantCulture)).Order()
                .ShouldBe(Enumerable.Range(0, 901));
            unreadable.ShouldBe(1, "a line is too long");
        }

        TraceReader.Read(_folder.State, trace, "1zzz.jsonl:5", 10, TestContext.Current.CancellationToken).Spans.ShouldBeEmpty();
        TraceReader.IsPlace("1zzz.jsonl:5").ShouldBeTrue();
        TraceReader.IsPlace("0../../token:5").ShouldBeFalse();
    }

    [Fact]
    public void There_is_no_trace_before_anything_was_written() => WholeTrace.Read(_folder.State, new string('0', 32)).ShouldBeEmpty();

    [Fact]
    public async Task Telemetry_that_is_switched_off_records_nothing()
    {
        await using var host = await TelemetryHost.StartAsync(_folder.State, ("OTEL_SDK_DISABLED", "TRUE"));

        SearchClusterTelemetry.StartSpan(SpanNames.Submit, null).ShouldBeNull();
        Directory.Exists(_folder.State.TracesFolder).ShouldBeFalse();
    }

    [Fact]
    public async Task An_endpoint_that_is_no_address_gives_one_warning_and_the_spans_are_kept_all_the_same()
    {
        await using var host = await TelemetryHost.StartAsync(_folder.State, ("OTEL_EXPORTER_OTLP_ENDPOINT", "nonsense"));
        var (trace, _) = RecordTrace();
        host.Flush();

        host.Warnings.ShouldHaveSingleItem().ShouldContain("OTEL_EXPORTER_OTLP_ENDPOINT is \"nonsense\"");
        WholeTrace.Read(_folder.State, trace).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Files_are_rolled_and_the_oldest_of_the_same_service_go()
    {
        Directory.CreateDirectory(_folder.State.TracesFolder);
        for (var i = 0; i < 12; i++)
        {
            File.WriteAllText(Path.Combine(_folder.State.TracesFolder, $"worker-1-20200101-0000{i:D2}-1-0000.jsonl"), "");
        }

        File.WriteAllText(Path.Combine(_folder.State.TracesFolder, "worker-1-b-20200101-000000-1-0000.jsonl"), "");
        await using (await TelemetryHost.StartAsync(_folder.State))
        {
            SearchClusterTelemetry.StartSpan(SpanNames.Suggest, null)?.Dispose();
        }

        var names = Directory.GetFiles(_folder.State.TracesFolder).Select(Path.GetFileName).ToList();
        names.Count.ShouldBe(SpanFileWriter.RetainedFiles + 1);
        names.ShouldContain("worker-1-b-20200101-000000-1-0000.jsonl");
        names.ShouldNotContain("worker-1-20200101-000004-1-0000.jsonl");
        names.ShouldContain("worker-1-20200101-000005-1-0000.jsonl");
    }

    [Fact]
    public async Task The_trace_of_a_search_has_files_of_its_own_that_no_other_search_pushes_out()
    {
        var writer = new SpanRouter(_folder.State.TracesFolder, "run", TimeProvider.System);
        await using var host = await TelemetryHost.StartAsync(_folder.State);
        using var first = SearchClusterTelemetry.StartSpan(SpanNames.Submit, null).ShouldNotBeNull();
        writer.Write(first);
        for (var search = 0; search < 40; search++)
        {
            using var other = SearchClusterTelemetry.StartSpan(SpanNames.Submit, null).ShouldNotBeNull();
            writer.Write(other);
        }

        writer.Write(first);
        writer.Dispose();

        WholeTrace.Read(_folder.State, first.TraceId.ToHexString()).Count.ShouldBe(2);
        Directory.GetFiles(Path.Combine(_folder.State.TracesFolder, first.TraceId.ToHexString())).ShouldHaveSingleItem();
        Directory.GetDirectories(_folder.State.TracesFolder).Length.ShouldBe(41);
    }

    [Fact]
    public async Task A_deleted_trace_is_gone_and_what_an_older_release_wrote_is_still_read()
    {
        await using var host = await TelemetryHost.StartAsync(_folder.State);
        var (kept, _) = RecordTrace();
        var (deleted, _) = RecordTrace();
        host.Flush();
        var folder = Path.Combine(_folder.State.TracesFolder, kept);
        foreach (var file in Directory.GetFiles(folder))
        {
            File.Move(file, Path.Combine(_folder.State.TracesFolder, "run-20200101-000000-1-0000.jsonl"));
        }

        TraceReader.Delete(_folder.State, deleted);
        TraceReader.Delete(_folder.State, "../../etc");

        WholeTrace.Read(_folder.State, deleted).ShouldBeEmpty();
        WholeTrace.Read(_folder.State, kept).Count.ShouldBe(2);
    }

    private static (string TraceId, string RootSpan) RecordTrace()
    {
        using var root = SearchClusterTelemetry.StartSpan(SpanNames.Submit, null).ShouldNotBeNull();
        using (var attempt = SearchClusterTelemetry.StartSpan(SpanNames.Attempt, root.Id).ShouldNotBeNull())
        {
            attempt.SetTag("trial", 17);
            attempt.AddLink(new ActivityLink(root.Context));
            attempt.AddException(new InvalidOperationException("It \u001b broke."));
            attempt.SetStatus(ActivityStatusCode.Error, "broke");
        }

        return (root.TraceId.ToHexString(), root.SpanId.ToHexString());
    }

    private static string Line(string trace, int number) =>
        $"{{\"spanId\":\"{number:d16}\",\"name\":\"epoch\",\"service\":\"test\",\"startedAt\":\"2026-12-01T00:00:00Z\","
            + $"\"duration\":\"00:00:01\",\"isError\":false,\"attributes\":{{}},\"traceId\":\"{trace}\"}}\n";
}
