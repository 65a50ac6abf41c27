namespace MailFlowBot.Channels.Web;

/// <summary>The posts of the channel in the order they were posted, capped in number and length. Not thread-safe: its owner locks.</summary>
internal sealed class Board
{
    private readonly List<Post> _posts = [];
    private long _length;

    public IReadOnlyList<Post> Posts => _posts;

    public Post? Find(string id) => _posts.Find(post => post.Id == id);

    public bool HasThread(string thread) => _posts.Exists(post => post.Thread == thread);

    /// <summary>Adds a post, or puts an edited one in the place of the old with the same id.</summary>
    public BoardChange Put(Post post)
    {
        var place = _posts.FindIndex(old => old.Id == post.Id);
        if (place < 0)
        {
            _posts.Add(post);
        }
        else
        {
            _length -= _posts[place].Length;
            _posts[place] = post;
        }

        _length += post.Length;
        return new BoardChange(post, Evict(post));
    }

    private List<string> Evict(Post keep)
    {
        var dropped = new List<string>();
        while (_posts.Count > WebLimits.Posts || _length > WebLimits.PostsLength)
        {
            var place = _posts.FindIndex(post => post.Id != keep.Id);
            if (place < 0)
                break;
            _length -= _posts[place].Length;
            dropped.Add(_posts[place].Id);
            _posts.RemoveAt(place);
        }

        return dropped;
    }
}

/// <summary>What one <see cref="Board.Put"/> did: a post that is new or edited, and the ids of posts that had to go for it.</summary>
internal sealed record BoardChange(Post Post, IReadOnlyList<string> Dropped);
