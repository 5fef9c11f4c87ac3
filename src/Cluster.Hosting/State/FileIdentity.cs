using System.Runtime.InteropServices;

namespace SearchCluster.Hosting.State;

/// <summary>Which file a name leads to, however often it is renamed: device and number on Linux, the time of creation elsewhere.</summary>
/// <param name="Device">The device, or 0.</param>
/// <param name="Number">The file's number there, or its time of creation.</param>
public sealed record FileIdentity(ulong Device, ulong Number)
{
    private const int CurrentDirectory = -100;
    private const uint NumberOnly = 0x100;

    /// <summary>Looks where a name leads to.</summary>
    /// <param name="path">Full path of a file or a folder.</param>
    /// <returns>Null when there is nothing, or it cannot be seen.</returns>
    public static FileIdentity? Of(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return File.Exists(path) || Directory.Exists(path) ? new(0, (ulong)File.GetCreationTimeUtc(path).Ticks) : null;
        }

        return Statx(CurrentDirectory, path, 0, NumberOnly, out var found) == 0
            ? new(((ulong)found.DeviceMajor << 32) | found.DeviceMinor, found.Number)
            : null;
    }

    // Its layout is the same on every processor, unlike that of stat.
    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Statx(
        int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, out FileStatus status);

    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct FileStatus
    {
        [FieldOffset(32)]
        public ulong Number;

        [FieldOffset(136)]
        public uint DeviceMajor;

        [FieldOffset(140)]
        public uint DeviceMinor;
    }
}
