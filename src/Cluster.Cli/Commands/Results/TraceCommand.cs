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
        var trace = await connection.Service.GetTraceAsync(parse.GetRequiredValue(_search), context.Cancellation);
        if (trace.Unreadable is { } unreadable)
        {
            context.Output.Warn(
                $"{Format.Count(unreadable, "line")} of the trace's files in traces/{SafeText.Of(trace.TraceId)} cannot be read and "
                    + $"{(unreadable == 1 ? "is" : "are")} left out: the files are damaged.");
        }

        if (context.Output.IsJson)
        {
            context.Output.WriteJson(
                new TraceDocument(trace.SearchId.Value, trace.TraceId, [.. trace.Spans.Select(ToJson)]),
                CliJsonContext.Default.TraceDocument);
        }
        else
        {
            TraceReport.Write(
                context.Output.Data, trace, parse.GetValue(_all), context.Output.DataColumns, context.Output.IsDataStyled);
            if (trace.Spans.Count == 0)
            {
                context.Output.Note("No span of it lies in the state folder.");
            }
        }

        return trace is { Spans.Count: 0, Unreadable: not null } ? ExitCodes.ProblemsFound : ExitCodes.Done;
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
