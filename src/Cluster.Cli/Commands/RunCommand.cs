using System.CommandLine;
using SearchCluster.Cli.Application;
using SearchCluster.Cli.Connection;
using SearchCluster.Cli.Specs;
using SearchCluster.Contracts.Api;

namespace SearchCluster.Cli.Commands;

/// <summary><c>run SPEC</c>: coordinator and worker in this process until the search ends; run again to continue.</summary>
internal sealed class RunCommand : CliCommand
{
    private readonly SpecOptions _spec = new();
    private readonly HostOptions _host = new();

    public RunCommand()
        : base(
            "run",
            "Run a search in this process until it ends; run it again to continue after an interruption",
            "run examples/digits.search.yaml",
            "run examples/digits.search.yaml --set budget.trials=10 --seed 7",
            "run examples/digits.search.yaml --slots 1 --json")
    {
        _spec.AddTo(this);
        _host.AddTo(this);
        SeeAlso = ["resume", "best", "predict", "trace"];
    }

    public override async Task<int> RunAsync(ParseResult parse, CommandContext context)
    {
        var input = await _spec.ReadAsync(parse, context);
        var spec = input.Require(context);
        await HostedSearch.RefuseIfLiveAsync(context, $"searchcluster submit {input.FileName}");
        return await HostedSearch.RunAsync(
            context,
            _host.Of(parse, needsJournal: false),
            spec.Name,
            connection => StartAsync(context, connection, input, spec));
    }

    /// <summary>Submits the search, or takes up the one that is there.</summary>
    private static async Task<SearchStart> StartAsync(CommandContext context, ISearchConnection connection, SpecInput input, SearchSpec spec)
    {
        var service = connection.Service;
        if (await FindAsync(service, spec.Name, context.Cancellation) is not { } existing)
        {
            await WorkerFit.RequireHostedAsync(service, spec, context.Environment.Clock, context.Cancellation);
            await Submission.SubmitAsync(service, input, "fail", context.Cancellation);
            return SearchStart.New;
        }

        var known = await service.GetSpecAsync(spec.Name, context.Cancellation);
        if (!known.Spec.Equals(spec))
        {
            throw new CliException(
                ExitCodes.Conflict,
                $"A search named {spec.Name} exists with another spec.",
                $"give this one another name with --name {Submission.FreeName(spec.Name)}, or continue the other one with: searchcluster resume {spec.Name}",
                "SC2001");
        }

        if (existing.Summary.State == SearchLifecycle.Paused)
        {
            await service.ResumeAsync(spec.Name, new ResumeRequest(), context.Cancellation);
        }

        return Rendering.SearchFollower.IsOver(existing) ? SearchStart.Over : SearchStart.Continued;
    }

    private static async Task<SearchDetail?> FindAsync(ISearchService service, SearchId search, CancellationToken cancellation)
    {
        try
        {
            return await service.GetAsync(search, cancellation);
        }
        catch (SearchServiceException exception) when (exception.Problem.Status == 404)
        {
            return null;
        }
    }
}
