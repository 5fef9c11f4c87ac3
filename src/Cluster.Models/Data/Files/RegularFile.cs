using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace SearchCluster.Models.Data.Files;

/// <summary>Files that a person names: only regular ones are opened. A named pipe would wait for a writer for ever, and a device has no end.</summary>
public static class RegularFile
{
    private const int CurrentFolder = -100;
    private const uint TypeOnly = 1;
    private const int ModeAt = 28;
    private const int TypeMask = 0xF000;

    /// <summary>Says what is at a path where it is no regular file; links are followed.</summary>
    /// <param name="path">A path.</param>
    /// <returns>For example <c>a named pipe</c>; null for a regular file, or where nothing is.</returns>
    public static string? Obstacle(string path) => Directory.Exists(path) ? "a folder" : OperatingSystem.IsLinux() ? SpecialKind(path) : IsDevice(path) ? "a device" : null;

    /// <summary>The file that a path leads to, behind any links: its length and times are those of the bytes, not of a link.</summary>
    /// <param name="path">A path.</param>
    /// <returns>The file, which need not exist.</returns>
    /// <exception cref="IOException">Links lead in a circle.</exception>
    public static FileInfo Target(string path)
    {
        var file = new FileInfo(path);
        return file.LinkTarget is null ? file : (FileInfo?)file.ResolveLinkTarget(returnFinalTarget: true) ?? file;
    }

    private static bool IsDevice(string path) => File.Exists(path) && File.GetAttributes(path).HasFlag(FileAttributes.Device);

    private static string? SpecialKind(string path)
    {
        var status = new byte[256];
        return StatX(CurrentFolder, path, 0, TypeOnly, status) != 0 ? null : (BinaryPrimitives.ReadUInt16LittleEndian(status.AsSpan(ModeAt)) & TypeMask) switch
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
    private static extern int StatX(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, [Out] byte[] status);
}
