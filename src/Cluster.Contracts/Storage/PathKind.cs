#pragma warning disable RS0030 // The one place below all others that looks what a name leads to; it opens nothing.
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace SearchCluster.Contracts.Storage;

/// <summary>What a name in a file system leads to, found out without opening it: a named pipe would wait for a
/// writer for ever, and a device has no end.</summary>
public static class PathKind
{
    private const int CurrentFolder = -100;
    private const uint TypeOnly = 1;
    private const int ModeAt = 28;
    private const int TypeMask = 0xF000;

    /// <summary>Says what is at a path where it is neither a regular file nor a folder; links are followed.</summary>
    /// <returns>For example <c>a named pipe</c>; null for a regular file or a folder, or where nothing is.</returns>
    public static string? Special(string path)
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

    /// <summary>Says where a link leads to that leads to nothing: its disk is not there, or what it named was removed.</summary>
    /// <returns>What the link names; null where there is no link, or something behind it.</returns>
    public static string? DanglingTarget(string path)
    {
        var link = new FileInfo(path);
        try
        {
            return link.LinkTarget is not { } target ? null
                : link.ResolveLinkTarget(returnFinalTarget: true) is { } end && (end.Exists || Directory.Exists(end.FullName)) ? null
                : target;
        }
        catch (IOException)
        {
            // Links in a circle.
            return link.LinkTarget;
        }
    }

    // The layout of its answer is the same on every processor, which that of stat is not.
    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int StatX(
        int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, [Out] byte[] status);
}
