#pragma warning disable RS0030 // The one place below all others that writes files whole; everything else here takes text or bytes.
using System.Globalization;
using System.Runtime.InteropServices;

namespace SearchCluster.Contracts.Storage;

/// <summary>Writes files that are either old or new, never half: under another name first, then renamed.</summary>
public static class WholeFile
{
    /// <summary>For secrets: only the owner may read and write.</summary>
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Replaces a file, or makes it.</summary>
    /// <param name="path">The file; its folder is there.</param>
    /// <param name="write">Writes the content. What it throws leaves the old file as it was, and no other file behind.</param>
    /// <param name="survivesPowerLoss">True to flush the content to the disk before it gets its name.</param>
    /// <param name="mode">Who may read and write it; null for those who might before, or as the system has it.</param>
    /// <param name="preparedIn">A folder of the same file system in which it is written before it gets its name; it is there. Null for the
    /// file's own.</param>
    public static void Write(
        string path, Action<Stream> write, bool survivesPowerLoss, UnixFileMode? mode = null, string? preparedIn = null)
    {
        var temporary = WriteTemporary(path, write, survivesPowerLoss, mode, preparedIn);
        try
        {
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            Remove(temporary);
            throw;
        }
    }

    /// <summary>Replaces a file, or makes it.</summary>
    /// <param name="path">The file; its folder is there.</param>
    /// <param name="content">All of it.</param>
    /// <param name="survivesPowerLoss">True to flush the content to the disk before it gets its name.</param>
    /// <param name="mode">Who may read and write it; null for those who might before, or as the system has it.</param>
    public static void Write(string path, ReadOnlyMemory<byte> content, bool survivesPowerLoss, UnixFileMode? mode = null) =>
        Write(path, stream => stream.Write(content.Span), survivesPowerLoss, mode);

    /// <summary>Creates a file with all of its content; of several processes that do so at once exactly one does.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">All of it; it is flushed to the disk.</param>
    /// <param name="mode">Who may read and write it; null as the system has it.</param>
    /// <returns>False when the file was there already; it is left as it is.</returns>
    public static bool TryCreate(string path, ReadOnlyMemory<byte> content, UnixFileMode? mode = null)
    {
        var temporary = WriteTemporary(path, stream => stream.Write(content.Span), survivesPowerLoss: true, mode, preparedIn: null);
        try
        {
            return TryGiveName(temporary, path);
        }
        finally
        {
            Remove(temporary);
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

    // Its folder may be gone meanwhile, which must not hide why the file was not written.
    private static void Remove(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (DirectoryNotFoundException)
        {
        }
    }

    private static string WriteTemporary(
        string path, Action<Stream> write, bool survivesPowerLoss, UnixFileMode? mode, string? preparedIn)
    {
        ArgumentNullException.ThrowIfNull(write);

        // Not the number of the process: containers that share a folder all have number 1.
        var place = preparedIn is null ? path : Path.Combine(preparedIn, Path.GetFileName(path));
        var temporary = string.Create(CultureInfo.InvariantCulture, $"{place}.{Path.GetRandomFileName()}.tmp");
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = 1 << 16,
        };
        if (!OperatingSystem.IsWindows() && (mode ?? (File.Exists(path) ? File.GetUnixFileMode(path) : null)) is { } wanted)
        {
            options.UnixCreateMode = wanted;
        }

        try
        {
            using var file = new FileStream(temporary, options);
            if (!OperatingSystem.IsWindows() && options.UnixCreateMode is { } exact)
            {
                // The mode that a file is made with is cut by the process's mask.
                File.SetUnixFileMode(file.SafeFileHandle, exact);
            }

            write(file);
            file.Flush(flushToDisk: survivesPowerLoss);
        }
        catch
        {
            Remove(temporary);
            throw;
        }

        return temporary;
    }
}
