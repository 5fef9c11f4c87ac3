using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Hosting.State;
using SearchCluster.Models.Ensembles;
using SearchCluster.Specs;

namespace SearchCluster.Cli.Predictions;

/// <summary>Finds the files of a model: a path as it is, or a search in the state folder.</summary>
internal static class ModelLocator
{
    private const string SingleModel = "model.scm";

    /// <summary>Full path of an ensemble's folder or of a model file.</summary>
    public static async Task<string> FindAsync(CommandContext context, PredictionRequest request)
    {
        var path = context.FullPath(request.Model);
        var state = StateFolder.Resolve(context.Settings.State);
        var isSearch = SearchId.IsValid(request.Model)
            && Directory.Exists(Path.Combine(state.Root, ArtifactPaths.Search(new(request.Model))));

        // A folder of data may have the name of the search that learned from it.
        var isFolder = Directory.Exists(path) && (!isSearch || File.Exists(Path.Combine(path, EnsembleManifest.FileName)));
        if (request.Trial is null && (isFolder || File.Exists(path)))
        {
            // What export wrote of one trial.
            var alone = Path.Combine(path, SingleModel);
            return isFolder && !File.Exists(Path.Combine(path, EnsembleManifest.FileName)) && File.Exists(alone) ? alone : path;
        }

        if (!isSearch)
        {
            throw new CliException(
                ExitCodes.NotFound,
                $"\"{SafeText.Of(request.Model)}\" is neither a search of {SafeText.Of(state.Root)}, nor a folder or file.{Suggestions.Sentence(request.Model, Searches(state))}",
                "searchcluster list shows the searches; --state DIR names another state folder",
                CommandCodes.NoModel);
        }

        var search = new SearchId(request.Model);
        return request.Trial is { } trial ? await TrialModelAsync(context, state, search, new(trial)) : Ensemble(context, state, search);
    }

    private static IEnumerable<string> Searches(StateFolder state)
    {
        var folder = new DirectoryInfo(Path.Combine(state.Root, "searches"));
        return folder.Exists ? folder.EnumerateDirectories().Select(search => search.Name) : [];
    }

    private static string Ensemble(CommandContext context, StateFolder state, SearchId search)
    {
        var folder = Path.Combine(state.Root, ArtifactPaths.Ensemble(search));
        return File.Exists(Path.Combine(folder, EnsembleManifest.FileName)) ? folder : throw NoEnsemble(context, state, search);
    }

    // What the search was asked for stands beside its models, so that no coordinator is needed to say what to do.
    private static CliException NoEnsemble(CommandContext context, StateFolder state, SearchId search)
    {
        var file = Path.Combine(state.Root, ArtifactPaths.Spec(search));
        var vocabulary = context.Workloads.Vocabulary;
        var spec = File.Exists(file) ? SpecReader.Read(File.ReadAllBytes(file), file, vocabulary: vocabulary).Spec : null;
        var one = $"use one trial's model: --trial N (searchcluster trials {search} --top 5)";
        var (message, help) = vocabulary.Workloads.FirstOrDefault(known => known.Name == spec?.Workload.Builtin) switch
        {
            { SupportsEnsemble: false } workload =>
                ($"Search {search} has no ensemble: models of workload {workload.Name} cannot vote.", one),
            _ when spec?.Ensemble is not null => (
                $"Search {search} has no ensemble yet: the one that its spec asks for is built at the end.",
                $"wait for it (searchcluster watch {search}), build one now (searchcluster ensemble build {search}), or {one}"),
            _ => (
                $"Search {search} has no ensemble: its spec asks for none.",
                $"build one with: searchcluster ensemble build {search}; or {one}"),
        };
        return new(ExitCodes.NotFound, message, help, CommandCodes.NoModel);
    }

    private static async Task<string> TrialModelAsync(CommandContext context, StateFolder state, SearchId search, TrialId trial)
    {
        var file = Path.Combine(state.Root, ArtifactPaths.Model(search, trial));
        return File.Exists(file) ? file : throw await MissingModel.ExplainAsync(context, search, trial);
    }
}
