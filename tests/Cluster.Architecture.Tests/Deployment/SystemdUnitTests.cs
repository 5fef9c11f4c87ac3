using System.Diagnostics;
using SearchCluster.TestKit.Deployment;

namespace SearchCluster.Architecture.Tests.Deployment;

public sealed class SystemdUnitTests
{
    [Theory]
    [InlineData(UnitFile.Coordinator, "/opt/searchcluster/coordinator/Cluster.Coordinator", "src/Cluster.Coordinator")]
    [InlineData(UnitFile.Worker, "/opt/searchcluster/worker/Cluster.GpuWorker", "src/Cluster.GpuWorker")]
    [InlineData(UnitFile.Launch, "/opt/searchcluster/tool/searchcluster", "src/Cluster.Cli")]
    public void A_unit_starts_the_program_that_the_documentation_publishes_there(string unit, string program, string project)
    {
        var publish = $"dotnet publish {project} -c Release -o {Path.GetDirectoryName(program)}";

        UnitFile.Read(unit).Program.ShouldBe(program);
        RepositoryFiles.Text("deploy/README.md").ShouldContain(publish);
        var file = RepositoryFiles.PathOf($"{project}/{Path.GetFileName(project)}.csproj");
        (Path.GetFileName(program) == Path.GetFileName(project)
            || File.ReadAllText(file).Contains($"<AssemblyName>{Path.GetFileName(program)}</AssemblyName>", StringComparison.Ordinal))
            .ShouldBeTrue();
    }

    [Theory]
    [InlineData(UnitFile.Coordinator)]
    [InlineData(UnitFile.Worker)]
    [InlineData(UnitFile.Launch)]
    public void A_unit_runs_as_its_own_user_in_its_own_state_folder(string name)
    {
        var unit = UnitFile.Read(name);

        unit.Values("Service", "User").ShouldBe(["searchcluster"]);
        unit.Values("Service", "StateDirectory").ShouldBe(["searchcluster"]);
        unit.Environment["SEARCHCLUSTER_HOME"].ShouldBe("%S/searchcluster");
    }

    [Fact]
    public void A_worker_sees_the_gpu_of_its_instance_alone() =>
        UnitFile.Read(UnitFile.Worker).Environment["CUDA_VISIBLE_DEVICES"].ShouldBe("%i");

    [Fact]
    public void A_launch_is_asked_to_stop_and_not_its_processes()
    {
        var unit = UnitFile.Read(UnitFile.Launch);

        unit.Arguments.ShouldBe(["launch"]);
        unit.Values("Service", "KillMode").ShouldBe(["mixed"]);
        unit.Values("Service", "Type").ShouldBe(["notify"]);
    }

    [Theory]
    [InlineData(UnitFile.Coordinator)]
    [InlineData(UnitFile.Worker)]
    [InlineData(UnitFile.Launch)]
    public async Task The_service_manager_accepts_the_unit(string name)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/systemd-analyze"), "systemd-analyze is not installed");
        var folder = Directory.CreateTempSubdirectory("searchcluster-units-");
        try
        {
            // The program is not installed here; everything else is checked as it stands.
            var unit = UnitFile.Read(name);
            var copy = Path.Combine(folder.FullName, name);
            await File.WriteAllTextAsync(
                copy, (await File.ReadAllTextAsync(unit.Path)).Replace(unit.Program, "/bin/true", StringComparison.Ordinal));

            var (exitCode, output) = await VerifyAsync(copy);

            exitCode.ShouldBe(0, output);
            output.ShouldBeEmpty();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(int ExitCode, string Output)> VerifyAsync(string file)
    {
        var start = new ProcessStartInfo("systemd-analyze", ["verify", "--man=no", file]) { RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }
}
