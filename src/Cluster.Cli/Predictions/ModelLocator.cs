using SearchCluster.Cli.Invocation;
using SearchCluster.Models.Ensembles;

namespace SearchCluster.Cli.Predictions;

/// <summary>Finds the files of a model: a path as it is, or a search in the state folder.</summary>
internal static class ModelLocator
{
    private const string SingleModel = "model.scm";

    /// <summary>Full path of an ensemble's folder or of a model file.</summary>
    public static async Task<string> FindAsync(CommandContext context, PredictionRequest request)
    {
        var path = context.FullPath(request.Model);
        var state = await ArtifactRoot.OfAsync(context, request);
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
            throw await MissingEnsemble.ExplainNothingAsync(context, state, request.Model);
        }

        var search = new SearchId(request.Model);
        if (request.Trial is { } number)
        {
            var file = MissingModel.PathOf(state, search, new(number));
            return File.Exists(file) ? file : throw await MissingModel.ExplainAsync(context, state, search, new(number));
        }

        var folder = Path.Combine(state.Root, ArtifactPaths.Ensemble(search));
        return File.Exists(Path.Combine(folder, EnsembleManifest.FileName))
            ? folder
            : throw await MissingEnsemble.ExplainAsync(context, state, search);
    }
}
