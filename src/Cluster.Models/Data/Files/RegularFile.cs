using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace SearchCluster.Models.Data.Files;

/// <summary>Files that a person names: only regular ones are opened. A named pipe would wait for a writer for
/// ever, and a device has no end.</summary>
public static class RegularFile
{
    private const int CurrentFolder = -100;
    private const uint TypeOnly = 1;
    private const int ModeAt = 28;
    private const int TypeMask = 0xF000;

    /// <summary>Says what is at a path where it is no regular file; links are followed.</summary>
    /// <param name="path">A path.</param>
    /// <returns>For example <c>a named pipe</c>; null for a regular file, or where nothing is.</returns>
    public static string? Obstacle(string path) => Directory.Exists(path) ? "a folder" : SpecialKind(path);

    /// <summary>Refuses what is no regular file, before it is opened.</summary>
    /// <param name="path">A path.</param>
    /// <exception cref="DataException">SC3300: a folder, a named pipe, a device or a socket.</exception>
    public static void Require(string path)
    {
        if (Obstacle(path) is { } kind)
        {
            throw new DataException(
                DataCodes.NoRegularFile,
                $"'{DisplayText.Shorten(path)}' is {kind}, but a regular file is expected here; {(kind == "a folder" ? "name a file in it." : "save its content as a file first.")}");
        }
    }

    /// <summary>The file that a path leads to, behind any links: its length and times are those of the bytes, not of a link.</summary>
    /// <param name="path">A path.</param>
    /// <returns>The file, which need not exist.</returns>
    /// <exception cref="IOException">Links lead in a circle.</exception>
    public static FileInfo Target(string path)
    {
        var file = new FileInfo(path);
        return file.LinkTarget is null ? file : (FileInfo?)file.ResolveLinkTarget(returnFinalTarget: true) ?? file;
    }

    /// <summary>As <see cref="Obstacle"/>, for what is no folder.</summary>
    internal static string? SpecialKind(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return File.Exists(path) && File.GetAttributes(path).HasFlag(FileAttributes.Device) ? "a device" : null;
        }

        var status = new byte[256];
        return StatX(CurrentFolder, path, 0, TypeOnly, status) != 0
            ? null
            : (BinaryPrimitives.ReadUInt16LittleEndian(status.AsSpan(ModeAt)) & TypeMask) switch
            {
                0x1000 => "a named pipe",
                0x2000 or 0x6000 => "a device",
                0xC000 => "a socket",
                _ => null,
            };
    }

    // The layout of its answer is the same on every processor, which that of stat is not.
    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int StatX(
        int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, [Out] byte[] status);
}
