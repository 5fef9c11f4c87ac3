using System.CommandLine;
using SearchCluster.Cli.Commands.Data;
using SearchCluster.Cli.Commands.Specs;
using SearchCluster.Cli.Connection;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Searches;
using SearchCluster.Cli.Options;
using SearchCluster.Cli.Specs;
using SearchCluster.Contracts.Api;

namespace SearchCluster.Cli.Commands.Searches;

/// <summary><c>submit SPEC</c>: gives a search to a running coordinator.</summary>
internal sealed class SubmitCommand : CliCommand
{
    private const string Resume = "resume";

    private readonly SpecOptions _spec = new() { HasPriority = true };
    private readonly Option<bool> _watch = new("--watch")
    {
        Description = "Show progress until the search ends (Ctrl-C leaves; the search goes on)",
    };
    private readonly Option<bool> _wait = new("--wait")
    {
        Description = "Wait for the end without progress; exit code 8 when no trial is usable",
    };
    private readonly Option<bool> _waitForWorkers = new("--wait-for-workers")
    {
        Description = "Submit also when no worker of the cluster fits; the search waits for one",
    };
    private readonly Option<bool> _upload = new("--upload")
    {
        Description = "Send the data of the spec to the coordinator, once, for workers that do not have them",
    };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Check and explain the spec, submit nothing" };
    private readonly Option<string> _onDuplicate = Inputs.Choice(
        "--on-duplicate", "What to do when the name exists. Default: fail", "fail", "fail", Resume, "rename");

    public SubmitCommand()
        : base(
            "submit",
            "Give a search to a running coordinator",
            "submit examples/digits.search.yaml --watch",
            "submit examples/digits.search.yaml --name digits-2 --set budget.trials=50",
            "submit examples/digits.search.yaml --priority 10",
            "submit examples/digits.search.yaml --on-duplicate rename --json",
            "submit houses.search.yaml --upload --coordinator https://lab.example:8642")
    {
        _spec.AddTo(this);
        Add(_watch);
        Add(_wait);
        Add(_onDuplicate);
        Add(_waitForWorkers);
        Add(_upload);
        Add(_dryRun);
        Works = true;
        SeeAlso = ["run", "watch", "coordinator", "worker"];
    }

    public override async Task<int> RunAsync(ParseResult parse, CommandContext context)
    {
        var input = await _spec.ReadAsync(parse, context);
        var spec = input.Require(context, withData: parse.GetValue(_dryRun));
        if (parse.GetValue(_dryRun))
        {
            return SpecExplainCommand.Print(context, spec);
        }

        await using var connection = await context.Environment.Connector.FindLiveAsync(context.Request, context.Cancellation)
            ?? throw new CliException(
                ExitCodes.Unreachable,
                "No coordinator runs for this state folder.",
                $"start one with: searchcluster coordinator   or run the search here: searchcluster run {input.Words}",
                ProblemCodes.NoCoordinator);
        await DataCheck.IfHereAsync(context, connection, () => DataCheck.RequireToStartAsync(context, connection.Service, spec, "cpu"));
        var onDuplicate = parse.GetRequiredValue(_onDuplicate);
        if (onDuplicate == Resume)
        {
            SearchSpec? Asked(SearchSpecView stored) => KnownDataCheck.Asked(context, input, spec, stored);
            await DataCheck.IfHereAsync(
                context,
                connection,
                () => KnownDataCheck.RequireAsync(context, connection.Service, spec.Name, "cpu", extends: false, Asked));
        }

        if (!parse.GetValue(_waitForWorkers))
        {
            await WorkerFit.RequireAsync(connection.Service, spec, context.Cancellation);
        }

        var uploaded = parse.GetValue(_upload) ? await UploadAsync(context, connection, input, spec) : null;
        if (uploaded is { Input: var named })
        {
            (input, spec) = (named, named.Check(context).Spec ?? spec);
        }

        // Its warnings were told when they were new.
        var before = onDuplicate == Resume
            ? await DeleteCommand.FindAsync(connection.Service, spec.Name, context.Cancellation)
            : null;
        var detail = (onDuplicate == Resume ? await MoveAsync(context, connection, input, spec) : null)
            ?? await SubmitAsync(context, connection.Service, input, input.For(connection), onDuplicate);
        context.Output.Note($"Search {detail.SearchId} submitted to {connection.Place}.");
        return parse.GetValue(_watch) || parse.GetValue(_wait)
            ? await FollowAsync(context, connection, detail.SearchId, parse.GetValue(_watch), before, uploaded?.Sent)
            : Print(context, detail, uploaded?.Sent);
    }

    // What no worker could use is not sent.
    private static async Task<(SpecInput Input, UploadJson Sent)?> UploadAsync(
        CommandContext context, ISearchConnection connection, SpecInput input, SearchSpec spec)
    {
        await DataCheck.WhereTorchIsAsync(() => DataCheck.RequireAsync(context, spec, "cpu"));
        return await DataUpload.SendAsync(context, connection, input, spec);
    }

    /// <summary>Lets a search go on of which the spec only says that its data lie elsewhere; null where there is none.</summary>
    private static async Task<SearchDetail?> MoveAsync(
        CommandContext context, ISearchConnection connection, SpecInput input, SearchSpec spec)
    {
        var service = connection.Service;
        if (await DeleteCommand.FindAsync(service, spec.Name, context.Cancellation) is not { Damage: null, Data: not null }
            || !KnownDataCheck.IsMove(KnownDataCheck.Differences(
                context, input, spec, await service.GetSpecAsync(spec.Name, context.Cancellation)))
            || input.For(connection).Check(context).Spec?.Data is not { Source: var source })
        {
            return null;
        }

        await service.ResumeAsync(spec.Name, new ResumeRequest(DataSource: source), context.Cancellation);
        context.Output.Note(KnownDataCheck.MovedNote(connection, source));
        return await service.GetAsync(spec.Name, context.Cancellation);
    }

    // The assembly is loaded here, or the spec would have been refused before.
    private static SpecProblem WithPlace(SpecProblem problem) => problem.Code != SpecCodes.Workload ? problem : problem with
    {
        Help = "the coordinator does not know it: start the coordinator and its workers with the same --workloads as this command",
    };

    private static async Task<SearchDetail> SubmitAsync(
        CommandContext context, ISearchService service, SpecInput given, SpecInput input, string onDuplicate)
    {
        try
        {
            return await Submission.SubmitAsync(service, input, onDuplicate, context.Cancellation);
        }
        catch (SearchServiceException exception) when (exception.Problem.Problems is { Count: > 0 } problems)
        {
            // The coordinator may be of another version: its problems point into the same file.
            throw new CliException(ExitCodes.OfProblem(exception.Problem), "nothing was submitted.")
            {
                Problems = context.Workloads.Assemblies.Count == 0 ? problems : problems.Select(WithPlace).ToValueArray(),
                SourceText = input.Text,
            };
        }
        catch (SearchServiceException exception) when (exception.Problem.Differences is { } differences
            && KnownDataCheck.IsMove(differences)
            && input.Check(context).Spec is { Name: var name, Data.Source: var source })
        {
            throw new CliException(
                ExitCodes.OfProblem(exception.Problem),
                $"A search named {name} exists, and its spec differs in the place of the data only; with the same content it is the same "
                    + $"search.",
                $"let it go on with the data there:   searchcluster submit {given.Words} --on-duplicate resume\n"
                    + $"         the same, trained by this process:   searchcluster run {given.Words}\n"
                    + $"         the same without the spec:   searchcluster resume {name} --data {SafeText.Of(source)}\n"
                    + $"         search anew beside it:   searchcluster submit {given.Unnamed} --name {Submission.FreeName(name)}",
                exception.Problem.Code)
            {
                Differences = differences,
            };
        }
    }

    private static int Print(CommandContext context, SearchDetail detail, UploadJson? upload)
    {
        if (context.Output.IsJson)
        {
            context.Output.WriteJson(StatusDocument.Of(detail) with { Upload = upload }, CliJsonContext.Default.StatusDocument);
            return ExitCodes.Done;
        }

        context.Output.Data.WriteLine(detail.SearchId);
        context.Output.Note($"  next: searchcluster watch {detail.SearchId}");
        return ExitCodes.Done;
    }

    private static async Task<int> FollowAsync(
        CommandContext context,
        ISearchConnection connection,
        SearchId search,
        bool showsProgress,
        SearchDetail? before,
        UploadJson? upload)
    {
        try
        {
            HostedSearch.TellWarnings(context, search, before);
            return showsProgress
                ? await SearchOutcome.FollowAsync(context, connection, search, before, upload)
                : await WatchCommand.WaitAsync(context, connection, search, before, upload);
        }
        catch (OperationCanceledException) when (context.Cancellation.IsCancellationRequested)
        {
            context.Output.Note($"The search goes on. Look again with: searchcluster watch {search}");
            throw;
        }
    }
}
