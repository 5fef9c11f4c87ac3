using System.Text;
using SearchCluster.Contracts.Storage;

namespace SearchCluster.Contracts.Tests.Storage;

public sealed class WholeFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("whole-file-");

    private string Place => Path.Combine(_folder.FullName, "file");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_failure_in_the_middle_leaves_the_old_file_and_nothing_else()
    {
        WholeFile.Write(Place, Encoding.UTF8.GetBytes("old"), survivesPowerLoss: true);

        Should.Throw<InvalidDataException>(() => WholeFile.Write(
            Place,
            stream =>
            {
                stream.Write("half"u8);
                throw new InvalidDataException("the source ended");
            },
            survivesPowerLoss: false));

        File.ReadAllText(Place).ShouldBe("old");
        _folder.GetFiles().ShouldHaveSingleItem();
    }

    [Fact]
    public void A_name_that_a_folder_has_leaves_no_other_file_behind()
    {
        Directory.CreateDirectory(Place);

        Should.Throw<Exception>(() => WholeFile.Write(Place, Encoding.UTF8.GetBytes("new"), survivesPowerLoss: false));

        _folder.GetFiles().ShouldBeEmpty();
    }

    [Fact]
    public void A_file_may_be_prepared_in_another_folder()
    {
        var room = _folder.CreateSubdirectory("room");

        WholeFile.Write(
            Place,
            stream =>
            {
                stream.Write("new"u8);
                room.GetFiles().ShouldHaveSingleItem();
            },
            survivesPowerLoss: false,
            preparedIn: room.FullName);

        File.ReadAllText(Place).ShouldBe("new");
        room.GetFiles().ShouldBeEmpty();
    }

    [Fact]
    public void A_folder_that_vanishes_meanwhile_does_not_hide_what_was_wrong()
    {
        var room = _folder.CreateSubdirectory("room");

        Should.Throw<InvalidDataException>(() => WholeFile.Write(
            Place,
            _ =>
            {
                room.Delete(recursive: true);
                throw new InvalidDataException("the source ended");
            },
            survivesPowerLoss: false,
            preparedIn: room.FullName));

        File.Exists(Place).ShouldBeFalse();
    }

    [Fact]
    public void Who_may_read_a_file_stays_or_is_said()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "modes of files are those of Unix");
        const UnixFileMode Everybody = (UnixFileMode)0b110_110_110;
        WholeFile.Write(Place, Encoding.UTF8.GetBytes("old"), survivesPowerLoss: false);
#pragma warning disable CA1416 // Skipped on Windows above.
        File.SetUnixFileMode(Place, Everybody);

        WholeFile.Write(Place, Encoding.UTF8.GetBytes("new"), survivesPowerLoss: false);
        File.GetUnixFileMode(Place).ShouldBe(Everybody);

        WholeFile.Write(Place, Encoding.UTF8.GetBytes("secret"), survivesPowerLoss: false, WholeFile.OwnerOnly);
        File.GetUnixFileMode(Place).ShouldBe(WholeFile.OwnerOnly);
#pragma warning restore CA1416
    }

    [Fact]
    public void Of_many_that_create_a_file_at_once_exactly_one_does()
    {
        var made = Enumerable.Range(0, 16)
            .AsParallel()
            .WithDegreeOfParallelism(16)
            .Count(number => WholeFile.TryCreate(Place, Encoding.UTF8.GetBytes($"{number}")));

        made.ShouldBe(1);
        _folder.GetFiles().ShouldHaveSingleItem();
    }
}
