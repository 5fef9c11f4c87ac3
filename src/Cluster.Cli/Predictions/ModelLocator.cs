using SearchCluster.Cli.Fetching;
using SearchCluster.Cli.Invocation;
using SearchCluster.Models.Ensembles;

namespace SearchCluster.Cli.Predictions;

/// <summary>Finds the files of a model: a path as it is, or a search in the state folder or with a coordinator elsewhere.</summary>
internal static class ModelLocator
{
    private const string SingleModel = "model.scm";

    /// <summary>An ensemble's folder or a model's file, on this machine.</summary>
    public static async Task<FoundModel> FindAsync(CommandContext context, PredictionRequest request)
    {
        var path = context.FullPath(request.Model);
        if (request.Trial is null && (File.Exists(path) || File.Exists(Path.Combine(path, EnsembleManifest.FileName))))
        {
            return new(path, path);
        }

        await using var shelf = await ModelShelves.OpenAsync(context);
        var isSearch = SearchId.IsValid(request.Model) && await shelf.HasSearchAsync(new(request.Model));

        // A folder of data may have the name of the search that learned from it.
        if (request.Trial is null && !isSearch && Directory.Exists(path))
        {
            // What export wrote of one trial.
            var alone = Path.Combine(path, SingleModel);
            return File.Exists(alone) ? new(alone, alone) : new(path, path);
        }

        if (!isSearch)
        {
            throw await MissingEnsemble.ExplainNothingAsync(context, shelf, request.Model);
        }

        var search = new SearchId(request.Model);
        if (request.Trial is { } number)
        {
            var file = ArtifactPaths.Model(search, new(number));
            return await shelf.HasAsync(file)
                ? await shelf.BringAsync(file)
                : throw await MissingModel.ExplainAsync(context, shelf, search, new(number));
        }

        return await shelf.HasAsync($"{ArtifactPaths.Ensemble(search)}/{EnsembleManifest.FileName}")
            ? await shelf.BringAsync(ArtifactPaths.Ensemble(search))
            : throw await MissingEnsemble.ExplainAsync(context, shelf, search);
    }
}
