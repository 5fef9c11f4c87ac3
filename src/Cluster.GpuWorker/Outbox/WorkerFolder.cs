using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using SearchCluster.Contracts;
using SearchCluster.Hosting.State;

namespace SearchCluster.GpuWorker.Outbox;

/// <summary>A worker's own folder, held by an operating-system lock that ends with the process: two processes
/// never share one worker name.</summary>
public sealed class WorkerFolder : IDisposable
{
    private const int MostAlternatives = 1_000;
    private const int IdLength = 32;
    private const string IdFormat = "N";

    private readonly FileStream _lock;

    private WorkerFolder(WorkerId worker, string path, FileStream lockFile, string id)
    {
        (Worker, FolderPath, Id) = (worker, path, id);
        _lock = lockFile;
    }

    /// <summary>The worker whose folder this is.</summary>
    public WorkerId Worker { get; }

    /// <summary>Where it lies.</summary>
    public string FolderPath { get; }

    /// <summary>Tells this folder from others of the same path on other machines; made with it.</summary>
    public string Id { get; }

    /// <summary>Takes the folder of one name.</summary>
    /// <exception cref="WorkerFolderException">Another process has it, or it cannot be created.</exception>
    public static WorkerFolder Acquire(StateFolder state, WorkerId worker) =>
        TryAcquire(state, worker, out var folder)
            ? folder
            : throw new WorkerFolderException(
                $"Another process runs worker \"{worker}\" on state folder {state}; choose another name, or leave the name out.");

    /// <summary>Takes the folder of a name, or of the name with -2, -3 … when other processes have it.</summary>
    /// <exception cref="WorkerFolderException">No folder can be created, or a thousand processes run under this name.</exception>
    public static WorkerFolder AcquireAny(StateFolder state, string baseName)
    {
        for (var number = 1; number <= MostAlternatives; number++)
        {
            if (TryAcquire(state, new WorkerId(number == 1 ? baseName : $"{baseName}-{number}"), out var folder))
            {
                return folder;
            }
        }

        throw new WorkerFolderException(
            $"{MostAlternatives} processes run workers named \"{baseName}\" on state folder {state}; give this one a name.");
    }

    /// <inheritdoc />
    public void Dispose() => _lock.Dispose();

    // The file that the lock is on holds it.
    private static string IdOf(FileStream file, string path)
    {
        try
        {
            var bytes = new byte[IdLength];
            if (file.Length == IdLength && file.ReadAtLeast(bytes, IdLength, throwOnEndOfStream: false) == IdLength
                && Guid.TryParseExact(Encoding.ASCII.GetString(bytes), IdFormat, out var known))
            {
                return known.ToString(IdFormat, CultureInfo.InvariantCulture);
            }

            var made = Guid.NewGuid().ToString(IdFormat, CultureInfo.InvariantCulture);
            file.SetLength(0);
            file.Write(Encoding.ASCII.GetBytes(made));
            file.Flush(flushToDisk: true);
            return made;
        }
        catch (IOException refused)
        {
            file.Dispose();
            throw new WorkerFolderException($"The worker's folder {path} cannot be written: {refused.Message}", refused);
        }
    }

    private static bool TryAcquire(StateFolder state, WorkerId worker, [NotNullWhen(true)] out WorkerFolder? folder)
    {
        var path = state.WorkerFolder(worker);
        folder = null;
        try
        {
            state.Create();
            Directory.CreateDirectory(path);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new WorkerFolderException($"The worker's folder {path} cannot be created: {refused.Message}", refused);
        }

        var lockFile = Path.Combine(path, "worker.lock");
        StateFile.Require(lockFile);
        try
        {
            // The system's lock decides, not the file's existence, so a killed process leaves nothing behind that blocks its successor.
            var file = new FileStream(lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            folder = new WorkerFolder(worker, path, file, IdOf(file, path));
            return true;
        }
        catch (IOException)
        {
            return false;
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new WorkerFolderException($"The worker's folder {path} cannot be written: {refused.Message}", refused);
        }
    }
}

/// <summary>The worker's folder cannot be used; the message tells why and what to do.</summary>
/// <param name="message">Cause and fix.</param>
/// <param name="innerException">The system's own exception, or null.</param>
public sealed class WorkerFolderException(string message, Exception? innerException = null)
    : SearchClusterException(message, innerException);
