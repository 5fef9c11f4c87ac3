using System.CommandLine;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Machine;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Cli.Commands.Machine;

/// <summary><c>doctor</c>: looks for what keeps searches from running, and says how to mend it.</summary>
internal sealed class DoctorCommand : CliCommand
{
    public DoctorCommand()
        : base(
            "doctor",
            "Check this machine: runtime, libtorch, state folder, ports, clock, disk, coordinator",
            "doctor",
            "doctor --json") =>
        SeeAlso = ["version", "status"];

    public override async Task<int> RunAsync(ParseResult parse, CommandContext context)
    {
        var checks = await MachineChecks.RunAsync(context);
        var isHealthy = checks.All(check => check.Result != CheckResult.Problem);
        if (context.Output.IsJson)
        {
            var document = new DoctorDocument(
                isHealthy, [.. checks.Select(c => new CheckJson(c.Name, Words.Of(c.Result), c.Detail, c.Help))]);
            context.Output.WriteJson(document, CliJsonContext.Default.DoctorDocument);
        }
        else
        {
            checks.ToList().ForEach(check => Print(context.Output.Data, check));
            context.Output.Data.WriteLine(isHealthy ? "Searches can run here." : "Something keeps searches from running here.");
        }

        return isHealthy ? ExitCodes.Done : ExitCodes.ProblemsFound;
    }

    private static void Print(TextWriter output, Check check)
    {
        output.WriteLine($"{Words.Of(check.Result),-8} {check.Name,-13} {SafeText.Of(check.Detail)}");
        if (check.Help is not null)
        {
            output.WriteLine($"{"",-22} help: {SafeText.Of(check.Help)}");
        }
    }
}
