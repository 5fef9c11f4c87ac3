using SearchCluster.Artifacts;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Fetching;
using SearchCluster.Cli.Json.Models;
using SearchCluster.Cli.Output;
using SearchCluster.Contracts.Storage;
using SearchCluster.Models.Ensembles;
using SearchCluster.Models.ModelFiles;

namespace SearchCluster.Cli.Export;

/// <summary>Puts a model, or an ensemble, into a folder of its own with everything that using it elsewhere needs.</summary>
internal static class ModelExport
{
    /// <summary>Exports a model.</summary>
    /// <param name="found">A model file, or the folder of an ensemble.</param>
    /// <param name="folder">An empty folder, or one that is not there yet.</param>
    /// <param name="cancellation">Ends it between two models; then nothing is left behind.</param>
    /// <returns>What was written.</returns>
    public static ExportDocument Write(FoundModel found, string folder, CancellationToken cancellation = default)
    {
        var path = found.Path;
        try
        {
            if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            {
                throw new CliException(
                    ExitCodes.Conflict,
                    $"{SafeText.Of(folder)} is not empty.",
                    "name a folder that is empty or not there yet",
                    CommandCodes.OutputExists);
            }

            if (File.Exists(folder))
            {
                throw new CliException(
                    ExitCodes.Conflict,
                    $"{SafeText.Of(folder)} is {PathKind.Special(folder) ?? "a file"}, but a model is exported to a folder.",
                    "name a folder that is empty or not there yet",
                    CommandCodes.OutputExists);
            }

            // All of it, or nothing: a member that turns out to be damaged must not leave half an ensemble behind.
            var partial = $"{Path.TrimEndingDirectorySeparator(folder)}.{Path.GetRandomFileName()}.tmp";
            Directory.CreateDirectory(partial);
            try
            {
                var document = Directory.Exists(path) ? WriteEnsemble(path, partial, cancellation) : WriteModel(path, partial);
                cancellation.ThrowIfCancellationRequested();
                if (Directory.Exists(folder))
                {
                    Directory.Delete(folder);
                }

                Directory.Move(partial, folder);
                return document with { Source = found.Shown, Folder = folder };
            }
            finally
            {
                if (Directory.Exists(partial))
                {
                    Directory.Delete(partial, recursive: true);
                }
            }
        }
        catch (ArtifactException exception)
        {
            throw ArtifactFailure.Of(exception, Directory.Exists(path) ? RemedyOf(path) : null, found.Told);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw OutputTrouble.Of(SafeText.Of(folder), exception);
        }
    }

    // Of an ensemble whose description can be read: a member is missing or damaged.
    private static string? RemedyOf(string path)
    {
        try
        {
            return EnsembleManifest.Read(path).Remedy;
        }
        catch (ArtifactException)
        {
            return null;
        }
    }

    private static ExportDocument WriteModel(string path, string folder)
    {
        var weights = Export(path, folder, "model");
        File.WriteAllText(Path.Combine(folder, "README.md"), ModelCard.OfModel(weights));
        return Document(path, folder, [("model", weights)]);
    }

    private static ExportDocument WriteEnsemble(string path, string folder, CancellationToken cancellation)
    {
        var manifest = EnsembleManifest.Read(path);
        File.Copy(Path.Combine(path, EnsembleManifest.FileName), Path.Combine(folder, EnsembleManifest.FileName));
        var members = manifest.Members.Select(member => member.File).Distinct(StringComparer.Ordinal)
            .Select(file => (Name: Path.GetFileNameWithoutExtension(ArtifactFile(path, file)), Path: Path.Combine(path, file)))
            .Select(member =>
            {
                cancellation.ThrowIfCancellationRequested();
                return (member.Name, Weights: Export(member.Path, folder, member.Name));
            }).ToList();
        File.WriteAllText(Path.Combine(folder, "README.md"), ModelCard.OfEnsemble(manifest, members));
        return Document(path, folder, members);
    }

    // A manifest may come from anywhere; its files lie beside it.
    private static string ArtifactFile(string path, string file) => Path.GetFileName(file) == file
        ? file
        : throw new ArtifactException(
            ModelCodes.Path, $"{EnsembleManifest.FileName} of '{path}' names the file '{file}', which does not lie beside it.");

    private static ExportedWeights Export(string path, string folder, string name)
    {
        var weights = WeightExport.Write(path, Path.Combine(folder, name + ".safetensors"));
        File.Copy(path, Path.Combine(folder, name + ".scm"));
        return weights;
    }

    private static ExportDocument Document(string path, string folder, IReadOnlyList<(string Name, ExportedWeights Weights)> models) => new(
        path,
        folder,
        [.. Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)],
        [.. models.Select(model => new ExportedModelJson(
            $"{model.Name}.safetensors",
            model.Weights.Workload,
            [.. model.Weights.Tensors.Select(tensor => new ExportedTensorJson(tensor.Name, tensor.Type, tensor.Shape))]))]);
}
