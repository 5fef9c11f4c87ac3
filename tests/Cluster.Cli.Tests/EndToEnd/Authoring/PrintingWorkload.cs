using System.Diagnostics;
using System.Runtime.InteropServices;
using SearchCluster.Contracts.Workloads;
using SearchCluster.Models.Attempts;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Workloads;

namespace SearchCluster.Cli.Tests.EndToEnd.Authoring;

/// <summary>A workload that prints, in the assembly of the tests, which the tool loads like a user's.</summary>
public sealed class PrintingWorkload : IComputedWorkload
{
    /// <summary>Names the variable that takes its descriptor away.</summary>
    public const string NullVariable = "SEARCHCLUSTER_TEST_NULL_DESCRIPTOR";

    /// <summary>Names the variable that lets its constructor never return.</summary>
    public const string HangVariable = "SEARCHCLUSTER_TEST_HANGING_CONSTRUCTOR";

    public PrintingWorkload()
    {
        Console.WriteLine("printed at load");
        if (Environment.GetEnvironmentVariable(HangVariable) is not null)
        {
            using var never = new ManualResetEventSlim();
            never.Wait();
        }
    }

    public WorkloadDescriptor Descriptor { get; } = Environment.GetEnvironmentVariable(NullVariable) is null
        ? new("printing", "Prints.", NeedsData: false, [], ["value"], AllowsOtherParameters: true)
        : null!;

    public WorkOutcome Run(TrialAssignment assignment, Hyperparameters hyperparameters, WorkContext context)
    {
        Console.WriteLine("printed in a trial");
        if (!OperatingSystem.IsWindows())
        {
            _ = Puts("printed by a native library");
            _ = Flush(0);
            using var child = Process.Start("/bin/sh", ["-c", "echo printed by a child"]);
            child.WaitForExit();
        }

        return new AttemptCompleted(
            new TrialResult(0.5, 1, 1, ValueMap<double>.Empty.With("value", 0.5), TimeSpan.Zero, HasModel: false), TrainingStop.AllEpochs);
    }

    [DllImport("libc", EntryPoint = "puts", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Puts(string text);

    [DllImport("libc", EntryPoint = "fflush")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Flush(nint stream);
}
