using System.CommandLine;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Searches;
using SearchCluster.Cli.Options;
using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Traces;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Cli.Commands.Results;

/// <summary><c>trace SEARCH</c>: the story of a search as a tree of spans with their durations.</summary>
internal sealed class TraceCommand : CliCommand
{
    private const int PageSize = 1_000;

    private readonly Argument<SearchId> _search = Inputs.Search();
    private readonly Option<bool> _all = new("--all")
    {
        Description = "Show every span; without it, long lists of similar spans are folded",
    };

    public TraceCommand()
        : base(
            "trace",
            "Show the trace of a search: what happened when, and how long it took",
            "trace digits",
            "trace digits --all",
            "trace digits --json")
    {
        Add(_search);
        Add(_all);
        SeeAlso = ["status", "trials"];
    }

    public override async Task<int> RunAsync(ParseResult parse, CommandContext context)
    {
        await using var connection = await context.ReadAsync();
        using var spans = new TraceSpans(Spill);
        var trace = await ReadAsync(connection.Service, parse.GetRequiredValue(_search), spans, context.Cancellation);
        if (trace.Unreadable is { } unreadable)
        {
            context.Output.Warn(
                $"{Format.Count(unreadable, "line")} of the trace's files in traces/{SafeText.Of(trace.TraceId)} cannot be read and "
                    + $"{(unreadable == 1 ? "is" : "are")} left out: the files are damaged.");
        }

        if (context.Output.IsJson)
        {
            WriteJson(context, trace, spans);
        }
        else
        {
            TraceReport.Write(
                context.Output.Data,
                trace.SearchId,
                trace.TraceId,
                spans,
                parse.GetValue(_all),
                context.Output.DataColumns,
                context.Output.IsDataStyled);
            if (spans.Count == 0)
            {
                context.Output.Note("No span of it lies in the state folder.");
            }
        }

        return spans.Count == 0 && trace.Unreadable is not null ? ExitCodes.ProblemsFound : ExitCodes.Done;
    }

    // All pages; what is returned has no spans.
    private static async Task<TraceView> ReadAsync(
        ISearchService service, SearchId search, TraceSpans spans, CancellationToken cancellation)
    {
        var (after, unreadable) = ((string?)null, 0);
        while (true)
        {
            var page = await service.GetTraceAsync(new(search, after, PageSize), cancellation);
            page.Spans.ToList().ForEach(spans.Add);
            unreadable += page.Unreadable ?? 0;
            if (page.Next is null || page.Next == after)
            {
                return page with { Spans = [], Unreadable = unreadable > 0 ? unreadable : null };
            }

            after = page.Next;
        }
    }

    // A file without a name, gone with the process.
    private static FileStream Spill() => new(
        Path.Combine(Path.GetTempPath(), $"searchcluster-trace-{Path.GetRandomFileName()}"),
        new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose,
            BufferSize = 1 << 12,
        });

    // The document as a whole would be several times as large in memory as its text.
    private static void WriteJson(CommandContext context, TraceView trace, TraceSpans spans)
    {
        const string None = "[]", Indent = "\n    ";
        var document = CliJson.Document(
            new TraceDocument(trace.SearchId.Value, trace.TraceId, []), CliJsonContext.Default.TraceDocument);
        var place = document.LastIndexOf(None, StringComparison.Ordinal);
        context.Output.Data.Write(document[..(place + 1)]);
        for (var index = 0; index < spans.Count; index++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var span = CliJson.Document(ToJson(spans[index]), CliJsonContext.Default.SpanJson);
            context.Output.Data.Write((index > 0 ? "," : "") + Indent + span.Replace("\n", Indent, StringComparison.Ordinal));
        }

        context.Output.Data.WriteLine((spans.Count > 0 ? "\n  " : "") + document[(place + 1)..]);
    }

    private static SpanJson ToJson(SpanView span) => new(
        span.SpanId,
        span.ParentSpanId,
        span.Name,
        span.Service,
        span.StartedAt.UtcDateTime,
        span.Duration.TotalMilliseconds,
        span.IsError,
        span.Attributes);
}
