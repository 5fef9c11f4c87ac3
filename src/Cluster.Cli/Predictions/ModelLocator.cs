using SearchCluster.Cli.Application;
using SearchCluster.Cli.Output;
using SearchCluster.Hosting.State;

namespace SearchCluster.Cli.Predictions;

/// <summary>Finds the files of a model: a path as it is, or a search in the state folder.</summary>
internal static class ModelLocator
{
    /// <summary>Full path of an ensemble's folder or of a model file.</summary>
    public static string Find(CommandContext context, PredictionRequest request)
    {
        var path = context.FullPath(request.Model);
        var state = StateFolder.Resolve(context.Settings.State);
        var isSearch = SearchId.IsValid(request.Model) && Directory.Exists(Path.Combine(state.Root, ArtifactPaths.Search(new(request.Model))));

        // A folder of data may have the name of the search that learned from it.
        var isFolder = Directory.Exists(path) && (!isSearch || File.Exists(Path.Combine(path, "ensemble.json")));
        if (request.Trial is null && (isFolder || File.Exists(path)))
        {
            return path;
        }

        if (!isSearch)
        {
            throw new CliException(
                ExitCodes.NotFound,
                $"\"{SafeText.Of(request.Model)}\" is neither a search of {SafeText.Of(state.Root)}, nor a folder or file.{Suggestions.Sentence(request.Model, Searches(state))}",
                "searchcluster list shows the searches; --state DIR names another state folder",
                "SC4001");
        }

        var search = new SearchId(request.Model);
        return request.Trial is { } trial ? TrialModel(state, search, new(trial)) : Ensemble(state, search);
    }

    private static IEnumerable<string> Searches(StateFolder state)
    {
        var folder = new DirectoryInfo(Path.Combine(state.Root, "searches"));
        return folder.Exists ? folder.EnumerateDirectories().Select(search => search.Name) : [];
    }

    private static string Ensemble(StateFolder state, SearchId search)
    {
        var folder = Path.Combine(state.Root, ArtifactPaths.Ensemble(search));
        return File.Exists(Path.Combine(folder, "ensemble.json"))
            ? folder
            : throw new CliException(
                ExitCodes.NotFound,
                $"Search {search} has no ensemble (yet).",
                $"wait for its end (searchcluster watch {search}), or use one trial's model: --trial N (searchcluster trials {search} --top 5)",
                "SC4001");
    }

    private static string TrialModel(StateFolder state, SearchId search, TrialId trial)
    {
        var file = Path.Combine(state.Root, ArtifactPaths.Model(search, trial));
        return File.Exists(file)
            ? file
            : throw new CliException(ExitCodes.NotFound, $"Trial {trial} of search {search} has no saved model.", $"see: searchcluster trials {search} --top 5", "SC4001");
    }
}
