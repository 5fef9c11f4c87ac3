using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Output;
using SearchCluster.Contracts.Storage;
using SearchCluster.Models.Data.Files;

namespace SearchCluster.Cli.Predictions;

/// <summary>A folder of PNG files, each named after what it was made from.</summary>
internal sealed class PictureFolder
{
    private const string Packed = ".gz";

    private readonly string _folder;
    private readonly string[] _files;

    /// <param name="folder">Its full path; made when the first picture is written.</param>
    /// <param name="names">What the pictures are made from; endings are replaced.</param>
    public PictureFolder(string folder, IEnumerable<string> names) => (_folder, _files) = (folder, FileNames([.. names]));

    /// <summary>Writes a picture.</summary>
    /// <param name="number">Which of the names.</param>
    /// <param name="write">Writes its bytes.</param>
    /// <returns>Its full path.</returns>
    public string Write(int number, Action<Stream> write)
    {
        try
        {
            var file = Inside(_files[number]);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);

            // A pipe that nobody reads would wait for ever, and a picture is no use in a device.
            if (RegularFile.Obstacle(file) is { } kind)
            {
                throw new CliException(
                    ExitCodes.StorageTrouble,
                    $"{SafeText.Of(file)} cannot be written: it is {kind}.",
                    "remove it, or name another folder",
                    CommandCodes.OutputUnwritable);
            }

            WholeFile.Write(RegularFile.Target(file).FullName, write, survivesPowerLoss: false);
            return file;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw OutputTrouble.Of($"Folder {SafeText.Of(_folder)}", refused);
        }
    }

    // Two images may differ in their ending only: each keeps it then.
    private static string[] FileNames(string[] images)
    {
        var stems = Array.ConvertAll(images, name => Path.ChangeExtension(
            name.EndsWith(Packed, StringComparison.OrdinalIgnoreCase) ? name[..^Packed.Length] : name, null));
        var twice = stems
            .GroupBy(stem => stem, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Count() > 1)
            .Select(group => group.Key)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. stems.Select((stem, i) => (twice.Contains(stem) ? images[i] : stem) + ".png")];
    }

    // The names of an archive are its maker's.
    private string Inside(string name)
    {
        var file = Path.GetFullPath(Path.Combine(_folder, name));
        return file.StartsWith(
            Path.TrimEndingDirectorySeparator(Path.GetFullPath(_folder)) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? file
            : throw new CliException(
                ExitCodes.InvalidInput,
                $"The image {SafeText.Of(name)} has a name that leads out of the folder for the pictures.",
                "rename it in the archive",
                DataCodes.DamagedArchive);
    }
}
