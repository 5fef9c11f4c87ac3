using System.Globalization;
using System.Runtime.InteropServices;

namespace SearchCluster.Hosting.State;

/// <summary>Writes small files that are either old or new, never half, and that only their owner may read.</summary>
internal static class AtomicFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Replaces a file by a rename.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">All of it.</param>
    public static void WriteOwnerOnly(string path, ReadOnlySpan<byte> content) => File.Move(WriteTemporary(path, content), path, overwrite: true);

    /// <summary>Creates a file with all of its content; of several processes that do so at once exactly one does.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">All of it.</param>
    /// <returns>False when the file was there already; it is left as it is.</returns>
    public static bool TryCreateOwnerOnly(string path, ReadOnlySpan<byte> content)
    {
        var temporary = WriteTemporary(path, content);
        try
        {
            return TryGiveName(temporary, path);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    // On Unix File.Move looks for the target and then renames onto it, so the later of two that look at once replaces the
    // earlier's file (dotnet/runtime issue 31228). A hard link looks and names in one step.
    private static bool TryGiveName(string temporary, string path)
    {
        if (!OperatingSystem.IsWindows() && Link(temporary, path) == 0)
        {
            return true;
        }

        // Windows refuses in one step. What comes here on Unix has a target already, or a file system without hard links (FAT).
        try
        {
            File.Move(temporary, path, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "link")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link([MarshalAs(UnmanagedType.LPUTF8Str)] string source, [MarshalAs(UnmanagedType.LPUTF8Str)] string target);

    private static string WriteTemporary(string path, ReadOnlySpan<byte> content)
    {
        var temporary = string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}-{Guid.NewGuid():N}.tmp");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using var file = new FileStream(temporary, options);
        file.Write(content);
        file.Flush(flushToDisk: true);
        return temporary;
    }
}
