using System.Diagnostics;
using System.Text.Json;

namespace SearchCluster.Architecture.Tests;

/// <summary>Evaluates a project without restoring or building it.</summary>
internal static class DotnetMsbuild
{
    public static async Task<IReadOnlyList<string>> PackagesOfAsync(string project, params string[] properties)
    {
        string[] arguments = ["msbuild", project, "-getItem:PackageReference", "-nodeReuse:false", .. properties.Select(each => "-p:" + each)];
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // A test run under `dotnet test` inherits the outer MSBuild's own variables, which would steer this one.
        foreach (var name in start.Environment.Keys.Where(IsMsbuildVariable).ToArray())
        {
            start.Environment.Remove(name);
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, output + await errors);

        using var document = JsonDocument.Parse(output);
        return [.. document.RootElement.GetProperty("Items").GetProperty("PackageReference").EnumerateArray()
            .Select(item => item.GetProperty("Identity").GetString()!)];
    }

    private static bool IsMsbuildVariable(string name) => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase);
}
