using System.Diagnostics;
using System.Text.Json;

namespace SearchCluster.Architecture.Tests;

/// <summary>Evaluates a project without restoring or building it.</summary>
internal static class DotnetMsbuild
{
    public static async Task<IReadOnlyList<string>> PackagesOfAsync(string project, params string[] properties)
    {
        using var document = await EvaluateAsync(project, ["-getItem:PackageReference"], properties);
        return [.. Items(document, "PackageReference").Select(item => item.GetProperty("Identity").GetString()!)];
    }

    /// <summary>Asks for properties and items; the answer is MSBuild's JSON.</summary>
    public static async Task<JsonDocument> EvaluateAsync(string project, IEnumerable<string> questions, params string[] properties)
    {
        string[] arguments = ["msbuild", project, .. questions, "-nodeReuse:false", .. properties.Select(each => "-p:" + each)];
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
        return JsonDocument.Parse(output);
    }

    public static IEnumerable<JsonElement> Items(JsonDocument document, string kind) =>
        document.RootElement.GetProperty("Items").GetProperty(kind).EnumerateArray();

    private static bool IsMsbuildVariable(string name) => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase);
}
