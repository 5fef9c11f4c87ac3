using System.CommandLine;
using SearchCluster.Cli.Commands.Specs;
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
    private readonly HostOptions _host = new();

    public ResumeCommand()
        : base(
            "resume",
            "Continue a paused or interrupted search, or extend one that is over",
            "resume digits",
            "resume digits --trials +20",
            "resume digits --time +1h --concurrency 2")
    {
        Add(_search);
        Add(_trials);
        Add(_time);
        Add(_concurrency);
        _host.AddTo(this);
        Works = true;
        SeeAlso = ["pause", "stop", "run"];
    }

    public override async Task<int> RunAsync(ParseResult parse, CommandContext context)
    {
        var search = parse.GetRequiredValue(_search);
        var request = new ResumeRequest(parse.GetValue(_trials) ?? 0, parse.GetValue(_time) ?? TimeSpan.Zero, parse.GetValue(_concurrency));
        await using var live = await context.Environment.Connector.FindLiveAsync(context.Request, context.Cancellation);
        if (live is not null)
        {
            await DataCheck.IfHereAsync(
                context, live, () => KnownDataCheck.RequireAsync(context, live.Service, search, "cpu", extends: true));
            var reply = await live.Service.ResumeAsync(search, request, context.Cancellation);
            await TellLeftAsync(context, live.Service, search, request);
            return CommandAnswer.Print(context, "resume", reply, $"searchcluster watch {search}");
        }

        var host = _host.Of(parse, search, needsJournal: true);
        await KnownDataCheck.RequireAsync(context, search, host.Device, extends: true);
        return await HostedSearch.RunAsync(context, host, search, connection => StartAsync(context, connection.Service, search, request));
    }

    private static async Task<SearchStart> StartAsync(
        CommandContext context, ISearchService service, SearchId search, ResumeRequest request)
    {
        await service.ResumeAsync(search, request, context.Cancellation);
        await TellLeftAsync(context, service, search, request);
        return SearchStart.Continued;
    }

    private static async Task TellLeftAsync(CommandContext context, ISearchService service, SearchId search, ResumeRequest request)
    {
        if (await DeleteCommand.FindAsync(service, search, context.Cancellation) is { } detail
            && TrialsLeft.Of(detail, request.Trials) is { } line)
        {
            context.Output.Note(line);
        }
    }
}
