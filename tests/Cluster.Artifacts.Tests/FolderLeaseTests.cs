namespace SearchCluster.Artifacts.Tests;

public sealed class FolderLeaseTests : IDisposable
{
    private readonly string _item = Directory.CreateTempSubdirectory("searchcluster-lease-").FullName;

    public void Dispose() => Directory.Delete(_item, recursive: true);

    // Each attempt takes two steps; every order in which three attempts can take theirs.
    [Fact]
    public void Of_attempts_that_begin_in_the_same_moment_the_last_one_has_it_in_every_order()
    {
        var orders = Orders([2, 2, 2]).ToList();
        orders.Count.ShouldBe(90);

        for (var i = 0; i < orders.Count; i++)
        {
            var item = Directory.CreateDirectory(Path.Combine(_item, $"{i}")).FullName;
            FolderLease[] attempts = [new(item, 5), new(item, 6), new(item, 7)];
            var (steps, took) = (new int[3], new bool?[3]);
            foreach (var who in orders[i])
            {
                took[who] = took[who] is false ? false : steps[who]++ == 0 ? attempts[who].TryAnnounce() : attempts[who].TrySettle();
            }

            var order = string.Concat(orders[i]);
            took[2].ShouldBe(true, order);
            attempts.Select(attempt => attempt.IsHeld).ShouldBe([false, false, true], order);
        }
    }

    [Fact]
    public void An_attempt_that_was_frozen_between_its_look_and_its_folder_gives_way()
    {
        var (earlier, later) = (new FolderLease(_item, 5), new FolderLease(_item, 6));
        later.TryAnnounce().ShouldBeTrue();
        later.TrySettle().ShouldBeTrue();

        Directory.CreateDirectory(earlier.Folder);

        earlier.TrySettle().ShouldBeFalse();
        (earlier.IsHeld, later.IsHeld).ShouldBe((false, true));
    }

    [Fact]
    public void What_an_attempt_left_that_was_killed_at_any_point_is_removed_by_the_next()
    {
        var killed = new FolderLease(_item, 5);
        killed.TryAnnounce();
        File.WriteAllText(Path.Combine(killed.Folder, "half.tmp"), "half");
        Directory.CreateDirectory(Path.Combine(killed.Folder, "4"));

        var next = new FolderLease(_item, 6);
        next.TryAnnounce().ShouldBeTrue();
        next.TrySettle().ShouldBeTrue();

        Directory.GetFileSystemEntries(_item, "*", SearchOption.AllDirectories).ShouldBe([next.Folder]);
    }

    private static IEnumerable<int[]> Orders(int[] left) => left.Sum() == 0
        ? [[]]
        : Enumerable.Range(0, left.Length).Where(who => left[who] > 0)
            .SelectMany(who => Orders([.. left.Select((steps, other) => other == who ? steps - 1 : steps)]).Select(
                rest => (int[])[who, .. rest]));
}
