using System.Diagnostics;

namespace SearchCluster.Integration.Tests.Harness;

/// <summary>Processes that a test knows by their number only.</summary>
internal static class ProcessNumbers
{
    public static void Kill(int number)
    {
        using var process = Process.GetProcessById(number);
        process.Kill();
    }

    /// <summary>Tells whether it runs; one that ended and that nobody has asked for its end yet is a zombie.</summary>
    public static bool IsAlive(int number)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{number}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..][0] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }
}
