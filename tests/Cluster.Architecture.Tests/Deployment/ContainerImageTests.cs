using SearchCluster.TestKit.Deployment;

namespace SearchCluster.Architecture.Tests.Deployment;

/// <summary>Evaluates the image settings; building an image needs its base image, so no test does that.</summary>
public sealed class ContainerImageTests
{
    [Fact]
    public async Task The_coordinator_image_is_chiseled_and_runs_the_coordinator_as_an_ordinary_user()
    {
        var image = await ContainerImage.OfAsync("Cluster.Coordinator");

        image.Repository.ShouldBe("searchcluster-coordinator");
        image.BaseImage.ShouldEndWith("/aspnet:10.0-noble-chiseled");
        image.User.ShouldBe("1654");
        image.Command.ShouldBe(["dotnet", "/app/Cluster.Coordinator.dll"]);
        image.Ports.ShouldBe(["8642"]);
        image.Environment.ShouldBe(new Dictionary<string, string> { ["SEARCHCLUSTER_HOME"] = "/state" });
    }

    [Fact]
    public async Task The_coordinator_brings_no_libtorch()
    {
        var packages = await DotnetMsbuild.PackagesOfAsync(
            Path.Combine(Repository.SourceFolder, "Cluster.Coordinator", "Cluster.Coordinator.csproj"));

        packages.ShouldNotContain(package => package.Contains("torch", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("cpu")]
    [InlineData("cuda")]
    public async Task A_worker_image_is_named_after_its_torch_backend(string backend)
    {
        var image = await ContainerImage.OfAsync("Cluster.GpuWorker", "TorchBackend=" + backend);

        image.Repository.ShouldBe("searchcluster-worker-" + backend);
        image.BaseImage.ShouldEndWith("/aspnet:10.0-noble");
        image.User.ShouldBe("1654");
        image.Command.ShouldBe(["dotnet", "/app/Cluster.GpuWorker.dll"]);
        image.Environment["SEARCHCLUSTER_HOME"].ShouldBe("/state");
    }

    [Theory]
    [InlineData("cpu")]
    [InlineData("cuda")]
    public async Task The_image_of_the_tool_runs_any_command(string backend)
    {
        var image = await ContainerImage.OfAsync("Cluster.Cli", "TorchBackend=" + backend);

        image.Repository.ShouldBe("searchcluster-tool-" + backend);
        image.User.ShouldBe("1654");
        image.Command.ShouldBe(["dotnet", "/app/searchcluster.dll"]);
        image.Environment["SEARCHCLUSTER_HOME"].ShouldBe("/state");
        image.Environment.ContainsKey("NVIDIA_VISIBLE_DEVICES").ShouldBe(backend == "cuda");
    }

    [Fact]
    public async Task Only_the_cuda_image_asks_for_gpus()
    {
        var cpu = await ContainerImage.OfAsync("Cluster.GpuWorker");
        var cuda = await ContainerImage.OfAsync("Cluster.GpuWorker", "TorchBackend=cuda");

        cpu.Environment.Keys.ShouldNotContain(name => name.StartsWith("NVIDIA_", StringComparison.Ordinal));
        cuda.Environment["NVIDIA_VISIBLE_DEVICES"].ShouldBe("all");
        cuda.Environment["NVIDIA_DRIVER_CAPABILITIES"].ShouldBe("compute,utility");
    }

    [Fact]
    public async Task No_image_is_bound_to_a_registry()
    {
        var coordinator = await ContainerImage.OfAsync("Cluster.Coordinator");
        var worker = await ContainerImage.OfAsync("Cluster.GpuWorker");

        new[] { coordinator.Registry, worker.Registry }.ShouldAllBe(registry => registry == "");
    }

    [Fact]
    public async Task The_compose_file_runs_the_images_that_the_projects_make()
    {
        string[] made =
        [
            (await ContainerImage.OfAsync("Cluster.Coordinator")).Repository,
            (await ContainerImage.OfAsync("Cluster.GpuWorker")).Repository,
            (await ContainerImage.OfAsync("Cluster.GpuWorker", "TorchBackend=cuda")).Repository,
        ];

        var used = ComposeFile.Read().Services.Values
            .Select(service => service.Image)
            .Where(image => image.StartsWith("searchcluster-", StringComparison.Ordinal));

        used.ShouldBe(made, ignoreOrder: true);
    }
}
