using System.Globalization;

namespace SearchCluster.Models.Data.Storage;

/// <summary>A file for the time of this process, in <c>$TMPDIR</c>, else in <c>/var/tmp</c>, which unlike
/// <c>/tmp</c> is never kept in memory.</summary>
/// <remarks>On Linux it has a name for no longer than it takes to open it, so nothing stays behind however the process ends; elsewhere it
/// is deleted when it is disposed.</remarks>
internal sealed class ScratchFile : IDisposable
{
    private const int BufferBytes = 1 << 20;

    private readonly string _path;

    /// <exception cref="DataException">SC3017: the folder takes no file.</exception>
    public ScratchFile()
    {
        _path = Path.Combine(Folder, $"searchcluster-{Environment.ProcessId}-{Guid.NewGuid():N}.data");
        Stream = Guard(() => new FileStream(
            _path,
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.ReadWrite | FileShare.Delete,
            BufferBytes,
            FileOptions.SequentialScan));
        if (OperatingSystem.IsLinux())
        {
            File.Delete(_path);
        }
    }

    /// <summary>Where such files lie.</summary>
    public static string Folder
    {
        get
        {
            var named = Environment.GetEnvironmentVariable("TMPDIR");
            return !string.IsNullOrEmpty(named)
                ? named
                : !OperatingSystem.IsWindows() && Directory.Exists("/var/tmp") ? "/var/tmp" : Path.GetTempPath();
        }
    }

    /// <summary>How many bytes were written.</summary>
    public long Length => Stream.Position;

    private FileStream Stream { get; }

    /// <summary>Adds bytes.</summary>
    /// <exception cref="DataException">SC3017: the disk is full.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            Stream.Write(bytes);
        }
        catch (IOException refused)
        {
            throw Full(refused);
        }
    }

    /// <summary>Opens the file a second time by a name, after all bytes are in it.</summary>
    /// <param name="open">Gets the name.</param>
    /// <exception cref="DataException">SC3017: the disk is full.</exception>
    public T Open<T>(Func<string, T> open)
    {
        Guard(() =>
        {
            Stream.Flush();
            return true;
        });
        return open(OperatingSystem.IsLinux()
            ? string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{Stream.SafeFileHandle.DangerousGetHandle()}")
            : _path);
    }

    /// <summary>Closes it; what was mapped stays.</summary>
    public void Dispose()
    {
        try
        {
            Stream.Dispose();
            File.Delete(_path);
        }
        catch (IOException)
        {
            // What could not be written was told by the write that failed; a file that is mapped cannot be deleted on Windows.
        }
    }

    private static T Guard<T>(Func<T> act)
    {
        try
        {
            return act();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw Full(refused);
        }
    }

    private static DataException Full(Exception refused) =>
        new(
            DataCodes.NoScratch,
            $"Data cannot be kept in {Folder}: {refused.Message} Make room, set TMPDIR to a folder of another disk, or write data.storage: "
                + $"memory.",
            refused);
}
