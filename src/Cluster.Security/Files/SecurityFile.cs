using SearchCluster.Contracts.Storage;

namespace SearchCluster.Security.Files;

/// <summary>Small files of certificates, keys and lists: read as a whole, written as a whole, keys for their owner only.</summary>
internal static class SecurityFile
{
    private const int MaximumLength = 4 * 1024 * 1024;
    private const UnixFileMode OwnersFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Makes a folder that its owner alone may look into.</summary>
    /// <param name="folder">With all above it.</param>
    /// <param name="code">Of the refusal.</param>
    /// <exception cref="TrustException">It cannot be made.</exception>
    public static void MakeFolder(string folder, string code)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                Directory.CreateDirectory(folder, OwnersFolder);
            }
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new TrustException(
                code, $"The folder {folder} cannot be made: {refused.Message} Give this user the right to write there.", refused);
        }
    }

    /// <summary>Reads a file whole.</summary>
    /// <param name="path">The file.</param>
    /// <param name="code">Of the refusal.</param>
    /// <returns>Null when there is none.</returns>
    /// <exception cref="TrustException">It cannot be read, or is no regular file, or is far too long.</exception>
    public static byte[]? TryRead(string path, string code)
    {
        if ((Directory.Exists(path) ? "a folder" : PathKind.Special(path)) is { } kind)
        {
            throw new TrustException(code, $"{path} is {kind}, but a regular file is expected there. Move it away, then try again.");
        }

        try
        {
            var length = new FileInfo(path) is { Exists: true } file ? file.Length : 0;
            return length <= MaximumLength
                ? File.ReadAllBytes(path)
                : throw new TrustException(
                    code, $"{path} has {Counted.Of(length, "byte")}, but is a small file. Put the right one back from a copy.");
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new TrustException(
                code,
                $"{path} cannot be read: {refused.Message} Run as the user who owns the file, or give this user the right to read it.",
                refused);
        }
    }

    /// <summary>Reads a key, which only its owner may.</summary>
    /// <param name="path">The file.</param>
    /// <param name="code">Of the refusal.</param>
    /// <returns>Null when there is none.</returns>
    /// <exception cref="TrustException">It cannot be read, or others may read or write it.</exception>
    public static byte[]? TryReadKey(string path, string code)
    {
        var key = TryRead(path, code);
        if (key is null || OperatingSystem.IsWindows())
        {
            return key;
        }

        var mode = File.GetUnixFileMode(path);
        return (mode & Others) == 0
            ? key
            : throw new TrustException(
                code,
                $"{path} is a key with the mode {Convert.ToString((int)mode, 8)}, so that others than its owner can use it. Whoever may "
                    + $"have copied it is this member from then on. Close the file (chmod 600 {path}), and if others had the chance, make "
                    + "a new key by joining again and revoke the old certificate.");
    }

    /// <summary>Replaces a file, or makes it; it survives a loss of power.</summary>
    /// <param name="path">The file; its folder is there.</param>
    /// <param name="content">All of it.</param>
    /// <param name="code">Of the refusal.</param>
    /// <exception cref="TrustException">It cannot be written.</exception>
    public static void Write(string path, ReadOnlyMemory<byte> content, string code)
    {
        try
        {
            WholeFile.Write(path, content, survivesPowerLoss: true, WholeFile.OwnerOnly);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(path, code, refused);
        }
    }

    /// <summary>Says that a file cannot be written.</summary>
    public static TrustException Unwritable(string path, string code, Exception refused) => new(
        code,
        $"{path} cannot be written: "
            + (StorageTroubles.Of(refused) == StorageTrouble.DiskFull
                ? "its disk is full. Make room, then try again."
                : $"{refused.Message} Give this user the right to write there."),
        refused);
}
