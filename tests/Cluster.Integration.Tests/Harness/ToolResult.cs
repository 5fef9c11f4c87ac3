using System.Text.Json;

namespace SearchCluster.Integration.Tests.Harness;

/// <summary>What one invocation of the tool answered.</summary>
internal sealed record ToolResult(string Command, int ExitCode, string Output, string Error)
{
    /// <summary>The answer of <c>--json</c>.</summary>
    public JsonElement Json => JsonElement.Parse(Output);

    /// <summary>Fails the test unless the exit code is the expected one.</summary>
    public ToolResult ShouldExitWith(int expected)
    {
        ExitCode.ShouldBe(expected, $"{Command}\n{Tails.Of(Output, 30)}{Tails.Of(Error, 30)}");
        return this;
    }
}
