using SearchCluster.Launch.Processes;

namespace SearchCluster.Launch.Tests;

/// <summary>A process of a test: a line of the shell. It reads its standard input as a process of the product does, and ends when that
/// ends.</summary>
internal static class Script
{
    /// <summary>Says that it is ready and lives until its launcher lets go.</summary>
    public const string Good = """echo '{"schema":"searchcluster/worker@1"}'; cat >/dev/null; exit 0""";

    /// <summary>The same for a coordinator.</summary>
    public const string GoodCoordinator =
        """echo '{"schema":"searchcluster/coordinator@1","url":"http://127.0.0.1:1","clusterAddress":"127.0.0.1:2"}'; """
        + "cat >/dev/null; exit 0";

    public static ProcessPlan Plan(string name, string line, ProcessRole role = ProcessRole.Worker, params int[] final) => new(
        name, role, "/bin/sh", ["-c", line], new Dictionary<string, string?>(), FinalExitCodes: final.ToHashSet());

    public static void SkipWithoutShell() =>
        Assert.SkipUnless(File.Exists("/bin/sh"), "The processes of this test are scripts of /bin/sh, which is not here.");
}
