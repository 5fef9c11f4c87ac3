namespace SearchCluster.Architecture.Tests;

public sealed class TorchBackendTests
{
    private static readonly string Cli = Path.Combine(Repository.SourceFolder, "Cluster.Cli", "Cluster.Cli.csproj");

    [Theory]
    [InlineData("linux-x64", "libtorch-cpu-linux-x64")]
    [InlineData("win-x64", "libtorch-cpu-win-x64")]
    [InlineData("osx-arm64", "libtorch-cpu-osx-arm64")]
    public async Task Cpu_brings_the_libtorch_of_the_target_system_alone(string system, string package)
    {
        var packages = await DotnetMsbuild.PackagesOfAsync(Cli, "TorchBackend=cpu", "RuntimeIdentifier=" + system);

        packages.Where(IsNative).ShouldBe([package]);
    }

    [Fact]
    public async Task Cpu_is_the_default()
    {
        var packages = await DotnetMsbuild.PackagesOfAsync(Cli);

        packages.Where(IsNative).ShouldBe((await DotnetMsbuild.PackagesOfAsync(Cli, "TorchBackend=cpu")).Where(IsNative));
    }

    [Fact]
    public async Task Cuda_replaces_the_cpu_package()
    {
        var packages = await DotnetMsbuild.PackagesOfAsync(Cli, "TorchBackend=cuda");

        packages.Where(IsNative).ShouldBe(["TorchSharp-cuda-linux"]);
    }

    [Fact]
    public async Task None_brings_no_native_package()
    {
        var packages = await DotnetMsbuild.PackagesOfAsync(Cli, "TorchBackend=none");

        packages.Where(IsNative).ShouldBeEmpty();
    }

    private static bool IsNative(string package) =>
        package.StartsWith("libtorch", StringComparison.Ordinal) || package.StartsWith("TorchSharp-", StringComparison.Ordinal);
}
