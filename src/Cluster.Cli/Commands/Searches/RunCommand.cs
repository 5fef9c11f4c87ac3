using System.CommandLine;
using System.Globalization;
using SearchCluster.Cli.Commands.Specs;
using SearchCluster.Cli.Connection;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Rendering;
using SearchCluster.Cli.Specs;
using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Cli.Commands.Searches;

/// <summary><c>run SPEC</c>: coordinator and worker in this process until the search ends; run again to continue.</summary>
internal sealed class RunCommand : CliCommand
{
    private readonly SpecOptions _spec = new();
    private readonly Option<bool> _fresh = new("--fresh") { Description = "Delete the search of that name first, and start over (asks)" };
    private readonly Option<bool> _yes = Confirmation.Option();
    private readonly HostOptions _host = new();

    public RunCommand()
        : base(
            "run",
            "Run a search here until it ends; run it again to continue it",
            "run examples/digits.search.yaml",
            "run examples/digits.search.yaml --set budget.trials=10 --seed 7",
            "run examples/digits.search.yaml --slots 1 --json",
            "run examples/digits.search.yaml --gpus all",
            "run examples/digits.search.yaml --fresh --yes")
    {
        _spec.AddTo(this);
        Add(_fresh);
        Add(_yes);
        _host.AddTo(this);
        Works = true;
        SeeAlso = ["resume", "delete", "best", "predict"];
    }

    public override async Task<int> RunAsync(ParseResult parse, CommandContext context)
    {
        var input = await _spec.ReadAsync(parse, context);
        var spec = input.Require(context);
        await HostedSearch.RefuseIfLiveAsync(context, $"searchcluster submit {input.Words}");
        var host = _host.Of(parse, needsJournal: false);
        if (parse.GetValue(_fresh))
        {
            await DataCheck.RequireAsync(context, spec, host.Device);
            await RemoveAsync(context, spec, host.Device, parse.GetValue(_yes), $"run {input.Words} --fresh");
        }
        else
        {
            await KnownDataCheck.RequireAsync(
                context, spec.Name, host.Device, extends: false, stored => KnownDataCheck.Asked(context, input, spec, stored));
        }

        return await HostedSearch.RunAsync(
            context, host, spec.Name, connection => StartAsync(context, connection, input, spec, host.Device));
    }

    /// <summary>Makes room for a new search: without a worker, so that nothing of the old one goes on meanwhile.</summary>
    private static async Task RemoveAsync(CommandContext context, SearchSpec spec, string device, bool isConfirmed, string command)
    {
        var search = spec.Name;
        if (!context.HasSearches)
        {
            return;
        }

        await using var connection = await context.ConnectAsync();
        if (await DeleteCommand.FindAsync(connection.Service, search, context.Cancellation) is not null)
        {
            await DataCheck.RequireToStartAsync(context, connection.Service, spec, device);
            await DeleteCommand.ConfirmAsync(context, connection.Service, search, isConfirmed, command);
            await connection.Service.DeleteAsync(search, context.Cancellation);
            context.Output.Note($"Search {search} of before is deleted.");
        }
    }

    /// <summary>Submits the search, or takes up the one that is there.</summary>
    private static async Task<StartedSearch> StartAsync(
        CommandContext context, ISearchConnection connection, SpecInput input, SearchSpec spec, string device)
    {
        var service = connection.Service;
        if (await DeleteCommand.FindAsync(service, spec.Name, context.Cancellation) is not { } existing)
        {
            await WorkerFit.RequireHostedAsync(service, spec, context.Environment.Clock, context.Cancellation);
            await DataCheck.RequireToStartAsync(context, service, spec, device);
            await Submission.SubmitAsync(service, input, "fail", context.Cancellation);
            return new(SearchStart.New, null);
        }

        if (existing.Damage is { } damage)
        {
            throw new CliException(
                ExitCodes.StorageTrouble,
                damage.Describe(),
                $"or give it up and start over: searchcluster run {input.Words} --fresh",
                StorageCodes.SearchDamaged);
        }

        var stored = await service.GetSpecAsync(spec.Name, context.Cancellation);
        var differences = KnownDataCheck.Differences(context, input, spec, stored);
        var isMisconfigured = existing is { EndReason: SearchEndReason.Misconfigured, Summary.State: SearchLifecycle.Failed };
        if (isMisconfigured && (differences.Count == 0 || existing.Epochs == 0))
        {
            await DataCheck.RequireToStartAsync(context, service, spec, device, existing.Data);
            await Submission.SubmitAsync(service, input, "resume", context.Cancellation);
            return new(SearchStart.TriedAgain, existing);
        }

        var isMove = KnownDataCheck.IsMove(differences) && existing.Data is not null;
        if (differences.Count > 0 && !(isMove && await AreSameAsync(context, existing, stored.Spec, spec.Data!.Source, device)))
        {
            throw Differs(input, existing, differences);
        }

        var isOver = SearchFollower.IsOver(existing) && !isMisconfigured;
        if (isMove || existing.Summary.State is SearchLifecycle.Running or SearchLifecycle.Finishing or SearchLifecycle.Paused)
        {
            isOver |= !await HostedSearch.WakeAsync(
                context, service, spec.Name, new ResumeRequest(DataSource: isMove ? spec.Data!.Source : null));
        }

        if (isMove)
        {
            context.Output.Note(KnownDataCheck.MovedNote(connection, spec.Data!.Source));
        }

        return isOver ? new(SearchStart.Over, null) : new(isMisconfigured ? SearchStart.TriedAgain : SearchStart.Continued, existing);
    }

    /// <summary>Compares data of another place with those that the search learned from; of a search that is over they need not be
    /// there, and then nothing says that its spec is the same.</summary>
    private static async Task<bool> AreSameAsync(
        CommandContext context, SearchDetail existing, SearchSpec stored, string source, string device)
    {
        try
        {
            await DataCheck.RequireAsync(context, KnownDataCheck.Moved(stored, source), device, existing.Data);
            return true;
        }
        catch (CliException unusable) when (SearchFollower.IsOver(existing) && !KnownDataCheck.AreOthers(unusable))
        {
            return false;
        }
    }

    /// <summary>How the search goes on that is there; null where it cannot.</summary>
    private static string? Continuation(SearchDetail existing, ValueArray<SpecDifference> differences) =>
        MoreTrials(differences) is { } more ? ExtendText.Command(existing, more)
        : SearchFollower.IsOver(existing) && existing.EndReason != SearchEndReason.Misconfigured
            ? ExtendText.Command(existing, 20)
            : $"searchcluster resume {existing.SearchId}";

    // Who only raised the budget probably wants more trials of the same search.
    private static int? MoreTrials(ValueArray<SpecDifference> differences) =>
        differences is [{ Path: "budget.trials", Stored: { } stored, Given: { } given }]
            && int.TryParse(stored, NumberStyles.None, CultureInfo.InvariantCulture, out var before)
            && int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var wanted)
            && wanted > before
            ? wanted - before
            : null;

    private static CliException Differs(SpecInput input, SearchDetail existing, ValueArray<SpecDifference> differences) => new(
        ExitCodes.Conflict,
        $"A search named {existing.SearchId} exists with another spec.",
        $"give this one another name:   searchcluster run {input.Unnamed} --name {Submission.FreeName(existing.SearchId)}\n"
            + (Continuation(existing, differences) is { } command ? $"         continue the other one:      {command}\n" : "")
            + $"         replace the other one:       searchcluster run {input.Words} --fresh",
        CommandCodes.OtherSpec)
    {
        Differences = differences,
    };
}
