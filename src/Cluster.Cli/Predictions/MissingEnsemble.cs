using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Contracts.Api;
using SearchCluster.Contracts.Workloads;
using SearchCluster.Hosting.State;
using SearchCluster.Insight.Wording;
using SearchCluster.Models.Ensembles;
using SearchCluster.Specs;

namespace SearchCluster.Cli.Predictions;

/// <summary>Says why a search has no ensemble, or no files at all, and what to do.</summary>
internal static class MissingEnsemble
{
    /// <summary>The search has files, but no ensemble.</summary>
    public static async Task<CliException> ExplainAsync(CommandContext context, StateFolder state, SearchId search)
    {
        var one = $"use one trial's model: --trial N (searchcluster trials {search} --top 5)";
        var build = $"searchcluster ensemble build {search}";
        var file = Path.Combine(state.SharedRoot, ArtifactPaths.Ensemble(search), EnsembleManifest.FileName);
        var detail = await JournalWord.AskAsync(context, service => service.GetAsync(search, context.Cancellation));
        var known = await JournalWord.AskAsync(context, service => service.GetSpecAsync(search, context.Cancellation));
        var (message, help) = WorkloadOf(context, known?.Spec ?? SpecOf(context, state, search)) switch
        {
            ({ SupportsEnsemble: false } workload, _) =>
                ($"Search {search} has no ensemble: models of workload {workload.Name} cannot vote.", one),
            _ when detail?.Ensemble is not null || HasMembers(file) => (
                $"The ensemble of search {search} was built, but its description is gone: there is no {SafeText.Of(file)}.",
                $"put the file back there, or build the ensemble again: {build}; or {one}"),
            _ when detail?.EnsembleFailure is { } failure => (
                $"Search {search} has no ensemble: it could not be built. {SafeText.Of(failure.Message)}",
                $"mend that, then build it: {build}; or {one}"),
            (_, true) when detail is null || IsToCome(detail) => (
                $"Search {search} has no ensemble yet: the one that its spec asks for is built at the end.",
                $"wait for it (searchcluster watch {search}), build one now ({build}), or {one}"),
            (_, true) => (
                $"Search {search} has no ensemble: it ended without the one that its spec asks for.",
                $"build one with: {build}; or {one}"),
            _ => (
                $"Search {search} has no ensemble: its spec asks for none.",
                $"build one with: {build}; or {one}"),
        };
        return new(ExitCodes.NotFound, message, help, CommandCodes.NoModel);
    }

    /// <summary>What was named is no folder, no file, and nothing that has files here.</summary>
    public static async Task<CliException> ExplainNothingAsync(CommandContext context, StateFolder state, string model)
    {
        var folder = SearchId.IsValid(model) ? Path.Combine(state.SharedRoot, ArtifactPaths.Search(new(model))) : null;
        if (folder is not null
            && await JournalWord.AskAsync(context, service => service.GetAsync(new(model), context.Cancellation)) is { } detail)
        {
            return new(
                ExitCodes.NotFound,
                $"Search {model} is known, but has no files here: there is no {SafeText.Of(folder)}.",
                $"put the folder back, or name the state folder that has it: --state DIR; or train again: "
                    + ExtendText.Again(detail.SearchId, detail, 1),
                CommandCodes.NoModel);
        }

        return new(
            ExitCodes.NotFound,
            $"\"{SafeText.Of(model)}\" is neither a search of {SafeText.Of(state.SharedRoot)}, nor a folder or "
                + $"file.{Suggestions.Sentence(model, Searches(state))}",
            "searchcluster list shows the searches; --state DIR names another state folder",
            CommandCodes.NoModel);
    }

    // What the search was asked for stands beside its models, so that no coordinator is needed to say what to do; what was said on the
    // command line is in the journal alone.
    private static SearchSpec? SpecOf(CommandContext context, StateFolder state, SearchId search)
    {
        var file = Path.Combine(state.SharedRoot, ArtifactPaths.Spec(search));
        return File.Exists(file) ? SpecReader.Read(File.ReadAllBytes(file), file, vocabulary: context.Workloads.Vocabulary).Spec : null;
    }

    private static (WorkloadDescriptor? Workload, bool AsksForOne) WorkloadOf(CommandContext context, SearchSpec? spec) =>
        (context.Workloads.Vocabulary.Workloads.FirstOrDefault(known => known.Name == spec?.Workload.Builtin), spec?.Ensemble is not null);

    private static bool IsToCome(SearchDetail detail) =>
        detail.EnsembleState is EnsembleProgress.Planned or EnsembleProgress.Waiting or EnsembleProgress.Building;

    // Members are written before the description.
    private static bool HasMembers(string file) =>
        new DirectoryInfo(Path.GetDirectoryName(file)!) is { Exists: true } folder && folder.EnumerateFiles("*.scm").Any();

    private static IEnumerable<string> Searches(StateFolder state)
    {
        var folder = new DirectoryInfo(Path.Combine(state.SharedRoot, ArtifactPaths.Root));
        return folder.Exists ? folder.EnumerateDirectories().Select(search => search.Name) : [];
    }
}
