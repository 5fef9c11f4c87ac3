using System.Diagnostics;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Output;

namespace SearchCluster.Cli.Tests.Output;

public sealed class OutputFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("searchcluster-output-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_new_file_is_written_whole_and_nothing_else_is_left()
    {
        OutputFile.Write(Path.Combine(_folder, "a.json"), "{}");

        File.ReadAllText(Path.Combine(_folder, "a.json")).ShouldBe("{}");
        Directory.EnumerateFiles(_folder).Count().ShouldBe(1);
    }

    [Fact]
    public void A_link_stays_and_the_file_behind_it_is_written()
    {
        var target = Path.Combine(_folder, "real.json");
        var link = Path.Combine(_folder, "link.json");
        File.WriteAllText(target, "old");
        File.CreateSymbolicLink(link, target);

        OutputFile.Write(link, "new");

        new FileInfo(link).LinkTarget.ShouldBe(target);
        File.ReadAllText(target).ShouldBe("new");
    }

    [Fact]
    public void A_device_is_written_to_and_stays_a_device()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no /dev/null here.");
        var link = Path.Combine(_folder, "null");
        File.CreateSymbolicLink(link, "/dev/null");

        OutputFile.Write(link, "text");

        new FileInfo(link).LinkTarget.ShouldBe("/dev/null");
        File.ReadAllText("/dev/null").ShouldBeEmpty();
    }

    [Fact]
    public void A_full_disk_is_told_with_the_exit_code_of_disks()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no /dev/full here.");

        var refused = Should.Throw<CliException>(() => OutputFile.Write("/dev/full", "text"));

        refused.ExitCode.ShouldBe(ExitCodes.StorageTrouble);
        refused.Code.ShouldBe("SC2021");
        refused.Help.ShouldBe("make room, or name a place on another disk");
    }

    [Theory]
    [InlineData(28)]
    [InlineData(30)]
    [InlineData(2)]
    public void Whatever_keeps_an_output_from_being_written_has_one_exit_code(int number) =>
        OutputTrouble.Of("out.csv", new IOException("The system's words.", number)).ExitCode.ShouldBe(ExitCodes.StorageTrouble);

    [Fact]
    public void A_folder_and_a_folder_that_is_not_there_have_the_same_exit_code()
    {
        Should.Throw<CliException>(() => OutputFile.Write(_folder, "text")).ExitCode.ShouldBe(ExitCodes.StorageTrouble);
        Should.Throw<CliException>(() => OutputFile.Write(Path.Combine(_folder, "none", "a.json"), "text")).ExitCode
            .ShouldBe(ExitCodes.StorageTrouble);
    }

    [Fact]
    public async Task A_pipe_that_nobody_reads_does_not_keep_a_command_that_is_to_end()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There are no named pipes here.");
        var pipe = Path.Combine(_folder, "deaf");
        using (var make = Process.Start("mkfifo", pipe))
        {
            await make.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Should.Throw<OperationCanceledException>(() => OutputFile.Write(pipe, "text", null, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void What_may_not_be_written_has_the_code_of_disks() =>
        OutputTrouble.Of("out.csv", new UnauthorizedAccessException("Access to the path is denied.")).ExitCode
            .ShouldBe(ExitCodes.StorageTrouble);

    [Fact]
    public async Task A_named_pipe_gets_the_text_and_stays_a_pipe()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There are no named pipes here.");
        var pipe = Path.Combine(_folder, "pipe");
        using (var make = Process.Start("mkfifo", pipe))
        {
            await make.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        using var cat = Process.Start(new ProcessStartInfo("cat", pipe) { RedirectStandardOutput = true })!;
        OutputFile.Write(pipe, "through");

        (await cat.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldBe("through");
        Models.Data.Files.RegularFile.Obstacle(pipe).ShouldBe("a named pipe");
    }

    [Fact]
    public void A_folder_is_refused_with_a_sentence()
    {
        var refused = Should.Throw<CliException>(() => OutputFile.Write(_folder, "text"));

        refused.Message.ShouldContain("it is a folder");
        Directory.EnumerateFileSystemEntries(_folder).ShouldBeEmpty();
    }

    [Fact]
    public void A_folder_that_is_not_there_leaves_nothing_behind() =>
        Should.Throw<CliException>(() => OutputFile.Write(Path.Combine(_folder, "no", "a.json"), "text")).Code.ShouldBe("SC2021");
}
