using System.Text.Json;

namespace SearchCluster.Architecture.Tests.Deployment;

/// <summary>The image that <c>dotnet publish -t:PublishContainer</c> would make of a project.</summary>
internal sealed record ContainerImage(
    string Repository,
    string Registry,
    string BaseImage,
    string User,
    IReadOnlyList<string> Command,
    IReadOnlyList<string> Ports,
    IReadOnlyDictionary<string, string> Environment)
{
    public static async Task<ContainerImage> OfAsync(string project, params string[] properties)
    {
        string[] questions =
        [
            "-t:ComputeContainerConfig",
            "-getProperty:ContainerRepository,ContainerRegistry,ContainerBaseImage,ContainerUser",
            "-getItem:ContainerAppCommand,ContainerPort,ContainerEnvironmentVariable",
        ];
        var file = Path.Combine(Architecture.Tests.Repository.SourceFolder, project, project + ".csproj");
        using var answer = await DotnetMsbuild.EvaluateAsync(file, questions, properties);
        string Property(string name) => answer.RootElement.GetProperty("Properties").GetProperty(name).GetString()!;
        return new ContainerImage(
            Property("ContainerRepository"),
            Property("ContainerRegistry"),
            Property("ContainerBaseImage"),
            Property("ContainerUser"),
            [.. DotnetMsbuild.Items(answer, "ContainerAppCommand").Select(Identity)],
            [.. DotnetMsbuild.Items(answer, "ContainerPort").Select(Identity)],
            DotnetMsbuild.Items(answer, "ContainerEnvironmentVariable")
                .ToDictionary(Identity, item => item.GetProperty("Value").GetString()!));
    }

    private static string Identity(JsonElement item) => item.GetProperty("Identity").GetString()!;
}
