using System.Globalization;
using System.Runtime.InteropServices;
using SearchCluster.Artifacts;
using SearchCluster.Contracts;
using SearchCluster.Contracts.Storage;
using SearchCluster.Models.Attempts;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Data;

namespace SearchCluster.Models.Execution;

/// <summary>Turns what an attempt threw into a failure that says who acts next.</summary>
public static class FailureClassifier
{
    /// <summary>Ends the message of a disk's trouble: a worker tries again until it is mended.</summary>
    public const string GoesOn = " The trial goes on by itself when that is mended.";

    private const int MaximumMessageLength = 500;

    // Sentences of our own say what to do at their end.
    private const int MaximumOwnLength = AttemptFailure.MaximumMessage - 50;

    // libtorch tells its reason only in words.
    private static readonly string[] OutOfMemoryTexts = [
        "out of memory",
        "can't allocate memory",
        "not enough memory",
        "CUBLAS_STATUS_ALLOC_FAILED",
    ];

    /// <summary>Classifies what an attempt threw.</summary>
    /// <param name="failure">The exception.</param>
    /// <returns>The attempt's end; an exception that nobody expected keeps its stack.</returns>
    public static AttemptFailed Classify(Exception failure)
    {
        var kind = failure switch
        {
            // First, whatever wraps it: a full disk is neither the workload's fault nor the data's, and passes.
            _ when StorageTroubles.IsOfMachine(failure) => TrialFailureKind.StorageUnavailable,
            OutOfMemoryException or DeviceMemoryException => TrialFailureKind.OutOfMemory,
            ExternalException
                when OutOfMemoryTexts.Any(text => ExceptionText.MessageOf(failure).Contains(text, StringComparison.OrdinalIgnoreCase)) =>
                    TrialFailureKind.OutOfMemory,
            TrialTimeoutException => TrialFailureKind.Timeout,
            DataException or WorkloadConfigurationException => TrialFailureKind.Misconfigured,
            _ => TrialFailureKind.WorkloadError,
        };
        var isExpected = failure is SearchClusterException or OutOfMemoryException;
        var message = kind switch
        {
            TrialFailureKind.StorageUnavailable => Unwritable(failure),
            TrialFailureKind.OutOfMemory when failure is not DeviceMemoryException => $"{Message(failure)} {Memory()}",
            _ => Message(failure),
        };
        return new(new AttemptFailure(kind, message, isExpected ? null : ExceptionText.Of(failure)).Normalised());
    }

    private static string Unwritable(Exception failure)
    {
        if (failure is DataException)
        {
            return $"{Message(failure)}{GoesOn}";
        }

        if (failure is StorageTroubleException or { InnerException: StorageTroubleException })
        {
            return $"Checkpoints and models cannot be reached ({ExceptionText.MessageOf(failure)}).{GoesOn}";
        }

        var cause = StorageTroubles.Of(failure) switch
        {
            StorageTrouble.DiskFull => "The worker's disk is full",
            StorageTrouble.TooManyFiles => "The worker has no file handles left",
            StorageTrouble.FileTooLarge => "The worker may write no larger files",
            StorageTrouble.NotWritable => "The worker's file system is read-only",
            _ => "The worker's disk reports errors",
        };
        return $"{cause} ({Message(failure)}).{GoesOn}";
    }

    // Neither the runtime nor libtorch tells how much there was and how much was taken.
    private static string Memory()
    {
        const double Gibibyte = 1 << 30;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"(The process held {Environment.WorkingSet / Gibibyte:0.0} GiB of the "
                + $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Gibibyte:0.0} GiB that it may use; try smaller batches or networks, "
                + $"or fewer slots.)");
    }

    private static string Message(Exception failure)
    {
        var code = failure switch
        {
            DataException data => data.Code + " ",
            ArtifactException artifact => artifact.Code + " ",
            SearchClusterException or OutOfMemoryException => "",
            _ => failure.GetType().Name + ": ",
        };
        var message = ExceptionText.MessageOf(failure);
        var line = failure is SearchClusterException ? message : message.Split('\n')[0].TrimEnd('\r');
        var most = failure is SearchClusterException ? MaximumOwnLength : MaximumMessageLength;
        return code + (line.Length > most ? line[..most] + "…" : line);
    }
}
