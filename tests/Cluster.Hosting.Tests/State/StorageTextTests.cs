using SearchCluster.Contracts.Storage;
using SearchCluster.Hosting.State;

namespace SearchCluster.Hosting.Tests.State;

public sealed class StorageTextTests
{
    public static TheoryData<StorageTrouble, string, string> Troubles => new()
    {
        { StorageTrouble.DiskFull, StorageCodes.DiskFull, "its disk is full" },
        { StorageTrouble.Locked, StorageCodes.Locked, "is locked by another process" },
        { StorageTrouble.NotWritable, StorageCodes.NotWritable, "this user has no right to" },
        { StorageTrouble.Damaged, StorageCodes.Damaged, "searchcluster journal check" },
        { StorageTrouble.Gone, StorageCodes.Gone, "was deleted, moved or replaced" },
        { StorageTrouble.Unreachable, StorageCodes.Unreachable, "cannot be reached" },
        { StorageTrouble.TooManyFiles, StorageCodes.TooManyFiles, "ulimit -n 1024" },
        { StorageTrouble.FileTooLarge, StorageCodes.FileTooLarge, "ulimit -f unlimited" },
        { StorageTrouble.Superseded, StorageCodes.Superseded, "another coordinator has taken over" },
        { StorageTrouble.DeviceFailed, StorageCodes.DeviceFailed, "the device reports an error" },
    };

    [Theory]
    [MemberData(nameof(Troubles))]
    public void Each_trouble_has_its_code_and_says_what_to_do(StorageTrouble trouble, string code, string words)
    {
        StorageText.CodeOf(trouble).ShouldBe(code);

        var sentence = StorageText.Sentence(trouble, "The journal /lab/journal.db");

        sentence.ShouldStartWith("The journal /lab/journal.db ");
        sentence.ShouldContain(words);
    }

    [Fact]
    public void None_is_left_out() =>
        Enum.GetValues<StorageTrouble>().ShouldBe(Troubles.Select(row => row.Data.Item1), ignoreOrder: true);
}
