using SearchCluster.Contracts.Storage;

namespace SearchCluster.Models.Data.Files;

/// <summary>Files that a person names: only regular ones are opened. A named pipe would wait for a writer for
/// ever, and a device has no end.</summary>
public static class RegularFile
{
    /// <summary>Says what is at a path where it is no regular file; links are followed.</summary>
    /// <returns>For example <c>a named pipe</c>; null for a regular file, or where nothing is.</returns>
    public static string? Obstacle(string path) => Directory.Exists(path) ? "a folder" : SpecialKind(path);

    /// <summary>Refuses what is no regular file, before it is opened.</summary>
    /// <exception cref="DataException">SC3300: a folder, a named pipe, a device or a socket.</exception>
    public static void Require(string path)
    {
        if (Obstacle(path) is { } kind)
        {
            throw new DataException(
                DataCodes.NoRegularFile,
                $"'{DisplayText.ShortenPath(path)}' is {kind}, but a regular file is expected here; "
                    + $"{(kind == "a folder" ? "name a file in it." : "save its content as a file first.")}");
        }
    }

    /// <summary>The file that a path leads to, behind any links: its length and times are those of the bytes, not of a link.</summary>
    /// <returns>The file, which need not exist.</returns>
    /// <exception cref="IOException">Links lead in a circle.</exception>
    public static FileInfo Target(string path)
    {
        var file = new FileInfo(path);
        return file.LinkTarget is null ? file : (FileInfo?)file.ResolveLinkTarget(returnFinalTarget: true) ?? file;
    }

    /// <summary>As <see cref="Obstacle"/>, for what is no folder.</summary>
    internal static string? SpecialKind(string path) => PathKind.Special(path);
}
