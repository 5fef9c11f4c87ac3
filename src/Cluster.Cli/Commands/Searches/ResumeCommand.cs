using System.CommandLine;
using SearchCluster.Cli.Commands.Specs;
using SearchCluster.Cli.Connection;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Options;
using SearchCluster.Contracts.Api;

namespace SearchCluster.Cli.Commands.Searches;

/// <summary><c>resume SEARCH</c>: lets a paused or interrupted search go on, or extends one that is over.</summary>
internal sealed class ResumeCommand : CliCommand
{
    private readonly Argument<SearchId> _search = Inputs.Search();
    private readonly Option<int?> _trials = Inputs.WholeNumber(
        "--trials", "Trials to add to the budget, for example +20; what was left of it is trained too", 1, 1_000_000);
    private readonly Option<TimeSpan?> _time = Inputs.Duration("--time", "Time to add, for example +1h");
    private readonly Option<int?> _concurrency = Inputs.WholeNumber("--concurrency", "Trials at once from now on", 1, 10_000);
    private readonly Option<string?> _data = new("--data")
    {
        HelpName = "SOURCE",
        Description = "Where the data lie now, when they moved: a path, or registered:NAME. Their content must be that of before",
    };
    private readonly HostOptions _host = new();

    public ResumeCommand()
        : base(
            "resume",
            "Continue a paused or interrupted search, or extend one that is over",
            "resume digits",
            "resume digits --trials +20",
            "resume digits --time +1h --concurrency 2",
            "resume houses --data /mnt/disk2/houses.csv")
    {
        Add(_search);
        Add(_trials);
        Add(_time);
        Add(_concurrency);
        Add(_data);
        _host.AddTo(this);
        Works = true;
        SeeAlso = ["pause", "stop", "run"];
    }

    public override async Task<int> RunAsync(ParseResult parse, CommandContext context)
    {
        var search = parse.GetRequiredValue(_search);
        var source = SourceOf(context, parse.GetValue(_data));
        var request = new ResumeRequest(
            parse.GetValue(_trials) ?? 0, parse.GetValue(_time) ?? TimeSpan.Zero, parse.GetValue(_concurrency), source);
        SearchSpec Asked(SearchSpecView stored) => source is null ? stored.Spec : KnownDataCheck.Moved(stored.Spec, source);
        await using var live = await context.Environment.Connector.FindLiveAsync(context.Request, context.Cancellation);
        if (live is not null)
        {
            await DataCheck.IfHereAsync(
                context, live, () => KnownDataCheck.RequireAsync(context, live.Service, search, "cpu", extends: true, Asked));
            var reply = await ResumeAsync(context, live, search, request);
            if (reply is { State: SearchLifecycle.Finishing, AlreadyDone: true })
            {
                throw new CliException(
                    ExitCodes.Conflict,
                    $"Search '{search}' is finishing: its running trials end, and then it is over; nothing was resumed.",
                    $"with more trials or time it goes on: searchcluster resume {search} --trials +20",
                    ProblemCodes.WrongState);
            }

            return CommandAnswer.Print(context, "resume", reply, $"searchcluster watch {search}");
        }

        var host = _host.Of(parse, needsJournal: true);
        await KnownDataCheck.RequireAsync(context, search, host.Device, extends: true, Asked);
        return await HostedSearch.RunAsync(context, host, search, async connection =>
        {
            var before = await DeleteCommand.FindAsync(connection.Service, search, context.Cancellation);
            if (before is { Damage: null })
            {
                var stored = await connection.Service.GetSpecAsync(search, context.Cancellation);
                context.Workloads.Require(search, stored.Spec.Workload.Builtin);
            }

            var reply = await ResumeAsync(context, connection, search, request);
            return IsOver(reply) ? new(SearchStart.Over, null) : new(SearchStart.Continued, before);
        });
    }

    private static async Task<SearchReplies.CommandAccepted> ResumeAsync(
        CommandContext context, ISearchConnection connection, SearchId search, ResumeRequest request)
    {
        var reply = await connection.Service.ResumeAsync(search, request, context.Cancellation);
        if (request.DataSource is { } source)
        {
            await TellMovedAsync(context, connection, search, source);
        }

        if (!IsOver(reply)
            && await DeleteCommand.FindAsync(connection.Service, search, context.Cancellation) is { } detail
            && TrialsLeft.Of(detail, request.Trials) is { } line)
        {
            context.Output.Note(line);
        }

        return reply;
    }

    // It stays so where only the place of its data changed.
    private static bool IsOver(SearchReplies.CommandAccepted reply) =>
        reply.State is SearchLifecycle.Completed or SearchLifecycle.Stopped or SearchLifecycle.Failed;

    // A path counts from the current folder, also for a worker with another one. What is not here may be where the workers are.
    private static string? SourceOf(CommandContext context, string? given) =>
        given is null || given.StartsWith(DataSpec.RegisteredPrefix, StringComparison.Ordinal) ? given
        : Path.Exists(context.FullPath(given)) ? context.FullPath(given)
        : context.DataRegistry.Find(given) is not null ? DataSpec.RegisteredPrefix + given
        : given;

    // A coordinator of an earlier release reads over what it does not know.
    private static async Task TellMovedAsync(CommandContext context, ISearchConnection connection, SearchId search, string source)
    {
        var spec = (await connection.Service.GetSpecAsync(search, context.Cancellation)).Spec;
        if (spec.Data?.Source != source)
        {
            throw new CliException(
                ExitCodes.Unreachable,
                $"The coordinator at {SafeText.Of(connection.Place)} is of an earlier release, which does not take --data.",
                "start it again with this release",
                ProblemCodes.NotUnderstood);
        }

        context.Output.Note(KnownDataCheck.MovedNote(connection, source));
    }
}
